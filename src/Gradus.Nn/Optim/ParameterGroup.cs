using System.IO.Enumeration;

namespace Gradus.Nn;

/// <summary>Some of an optimizer's parameters, with a learning rate or a weight decay of their own.</summary>
/// <remarks><code>new AdamW(model.Parameters(), new() { Groups = [ParameterGroup.Named("encoder.*") with { LearningRateFactor = 0.1 }] })</code></remarks>
public sealed record ParameterGroup
{
    private readonly string _text;
    private readonly Func<string, Parameter, bool> _matches;

    private ParameterGroup(string text, Func<string, Parameter, bool> matches) => (_text, _matches) = (text, matches);

    /// <summary>
    /// What the optimizer's learning rate is multiplied by, so that a schedule moves all groups. Default 1; 0 keeps the parameters where they are.
    /// </summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>The weight decay; null, the default, for the optimizer's.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>
    /// The parameters whose name matches a pattern: <c>*</c> stands for any characters, <c>?</c> for one. Names are those of the network's state, such as
    /// <c>encoder.0.bias</c>.
    /// </summary>
    public static ParameterGroup Named(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return new($"Named(\"{pattern}\")", (name, _) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
    }

    /// <summary>The parameters for which a condition on name and parameter holds.</summary>
    public static ParameterGroup Where(Func<string, Parameter, bool> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        return new("Where(…)", matches);
    }

    /// <summary>Written as one would type it.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{_text} × {LearningRateFactor}") +
        (WeightDecay is { } decay ? FormattableString.Invariant($", weight decay {decay}") : "");

    internal bool Matches(string name, Parameter parameter) => _matches(name, parameter);
}
