using System.Globalization;

namespace Gradus.Nn;

/// <summary>Looks for one illness in what the doctor has measured.</summary>
/// <remarks>
/// One of your own derives from this class and is given to <see cref="Doctor.Examine"/>;
/// <see cref="Found(string, LayerFlow, string, string, string, Severity)"/> makes its findings. The thresholds of the library's are constants of their
/// classes, with the reasons beside them and in docs/doctor.md.
/// <code>
/// sealed class LargeWeights : Check
/// {
///     public override IEnumerable&lt;Finding&gt; Look(Evidence evidence) =>
///         from layer in evidence.Layers
///         where layer.Weight > 100
///         select Found("large weights", layer, $"‖w‖ is {layer.Weight:G3}; below 100 would do.", "Such weights overfit.", "Use weight decay.");
/// }
/// </code>
/// </remarks>
public abstract class Check
{
    /// <summary>A check.</summary>
    protected Check()
    {
    }

    /// <summary>Whether nothing further can be said once this was found: later checks are left out. Default false.</summary>
    public virtual bool IsFinal => false;

    /// <summary>What is found; nothing where it is explained by what was found before.</summary>
    /// <param name="evidence">What was measured, and found before.</param>
    public abstract IEnumerable<Finding> Look(Evidence evidence);

    /// <summary>A finding at a layer, under a name of your own.</summary>
    /// <param name="name">What it is, in words: <c>large weights</c>.</param>
    /// <param name="layer">Where.</param>
    /// <param name="figure">What was measured, and what would do.</param>
    /// <param name="meaning">What it means.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="severity">How much it matters. Default: an illness.</param>
    protected static Finding Found(string name, LayerFlow layer, string figure, string meaning, string remedy, Severity severity = Severity.Illness)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new(Illness.Other, severity, layer.Path, layer.Type, figure, meaning, remedy) { Name = name };
    }

    /// <summary>A finding in the network as a whole, under a name of your own.</summary>
    /// <inheritdoc cref="Found(string, LayerFlow, string, string, string, Severity)"/>
    protected static Finding Found(string name, string figure, string meaning, string remedy, Severity severity = Severity.Illness) =>
        new(Illness.Other, severity, "", "", figure, meaning, remedy) { Name = name };

    private protected static string N(double number) => number.ToString("G3", CultureInfo.InvariantCulture);

    private protected static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
