using System.Globalization;

namespace Gradus.Studio;

/// <summary>All that a training of a <see cref="Playground"/> follows from: equal options give equal bits.</summary>
public sealed record PlaygroundOptions
{
    /// <summary>The largest number of points.</summary>
    public const int MostPoints = 2000;

    /// <summary>The largest number of hidden layers.</summary>
    public const int MostLayers = 8;

    /// <summary>The largest number of neurons in a hidden layer.</summary>
    public const int MostNeurons = 12;

    /// <summary>The points. Default: spirals.</summary>
    public PlaygroundData Data { get; init; } = PlaygroundData.Spirals;

    /// <summary>The points where <see cref="Data"/> is <see cref="PlaygroundData.Own"/>. Default: none.</summary>
    public OwnPoints Own { get; init; } = OwnPoints.None;

    /// <summary>The number of points that are made. Default: 240.</summary>
    public int Count { get; init; } = 240;

    /// <summary>The share of the points that the network does not learn from. Default: 0.25.</summary>
    public double TestShare { get; init; } = 0.25;

    /// <summary>The standard deviation of the noise of both coordinates. Default: 0.03.</summary>
    public double Noise { get; init; } = 0.03;

    /// <summary>What the network is given of a point. Default: both coordinates.</summary>
    public IReadOnlyList<PlaygroundFeature> Features { get; init; } = [PlaygroundFeature.X1, PlaygroundFeature.X2];

    /// <summary>The neurons of each hidden layer. Default: 6, 4.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [6, 4];

    /// <summary>The activation of the hidden layers. Default: tanh.</summary>
    public PlaygroundActivation Activation { get; init; } = PlaygroundActivation.Tanh;

    /// <summary>What is made small. Default: null, cross-entropy for classes and squared error for numbers.</summary>
    public PlaygroundLoss? Loss { get; init; }

    /// <summary>How weights begin. Default: uniform.</summary>
    public PlaygroundInit Init { get; init; } = PlaygroundInit.Uniform;

    /// <summary>The optimizer. Default: Adam.</summary>
    public PlaygroundOptimizer Optimizer { get; init; } = PlaygroundOptimizer.Adam;

    /// <summary>The learning rate. Default: 0.03.</summary>
    public double Rate { get; init; } = 0.03;

    /// <summary>The points of a step; 0 takes all of them. Default: 0.</summary>
    public int Batch { get; init; }

    /// <summary>What keeps weights small. Default: L2.</summary>
    public PlaygroundPenalty Penalty { get; init; } = PlaygroundPenalty.L2;

    /// <summary>How strong <see cref="Penalty"/> is, λ. Default: 0.</summary>
    public double Decay { get; init; }

    /// <summary>Everything random follows from it. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether the targets are classes rather than numbers.</summary>
    public bool IsClassification => Data switch
    {
        PlaygroundData.Own => Own.AreClasses,
        PlaygroundData.Plane or PlaygroundData.Saddle or PlaygroundData.Waves or PlaygroundData.Bump => false,
        _ => true,
    };

    /// <summary><see cref="Loss"/>, or what it is left to be.</summary>
    internal PlaygroundLoss UsedLoss => Loss ?? (IsClassification ? PlaygroundLoss.CrossEntropy : PlaygroundLoss.Squared);

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal PlaygroundOptions Validated()
    {
        Expect(Count is >= 10 and <= MostPoints, "count of points", Count, $"10 to {MostPoints}");
        Expect(TestShare is >= 0 and <= 0.9, "test share", TestShare, "0 to 0.9");
        Expect(Noise is >= 0 and <= 1, "noise", Noise, "0 to 1");
        Expect(Features.Count > 0 && Features.Distinct().Count() == Features.Count, "features", Features.Count, "at least one, each once");
        Expect(Layers.Count <= MostLayers, "hidden layers", Layers.Count, $"at most {MostLayers}");
        foreach (var neurons in Layers) Expect(neurons is >= 1 and <= MostNeurons, "neurons of a layer", neurons, $"1 to {MostNeurons}");
        Expect(Rate is > 0 and <= 100, "learning rate", Rate, "above 0, at most 100");
        Expect(Batch is >= 0 and <= MostPoints, "batch", Batch, $"0 to {MostPoints}");
        Expect(Decay is >= 0 and <= 10, "decay", Decay, "0 to 10");
        if (Data == PlaygroundData.Own) Own.Validate();
        if (Loss is { } loss && (loss == PlaygroundLoss.CrossEntropy) != IsClassification && loss != PlaygroundLoss.Squared)
        {
            var fitting = IsClassification ? "CrossEntropy or Squared" : "Squared, Absolute or Huber";
            throw new ArgumentException($"loss: got {loss}, expected {fitting} for this data.");
        }

        return this;
    }

    private static void Expect(bool holds, string name, IFormattable value, string expected)
    {
        if (!holds) throw new ArgumentException($"{name}: got {value.ToString(null, CultureInfo.InvariantCulture)}, expected {expected}.");
    }
}
