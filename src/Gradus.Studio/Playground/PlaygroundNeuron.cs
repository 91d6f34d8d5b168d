namespace Gradus.Studio;

/// <summary>What one neuron gives over the points that are trained on: how often it gives what.</summary>
internal sealed class PlaygroundNeuron
{
    /// <summary>The bars of the histogram.</summary>
    public const int Bars = 24;

    // As the doctor counts: a slope below a twentieth of its greatest.
    private const double LeastSlope = 0.05;

    private PlaygroundNeuron(float[] outputs, PlaygroundActivation? activation)
    {
        float[] finite = [.. outputs.Where(float.IsFinite)];
        (From, To) = (finite.DefaultIfEmpty(0).Min(), finite.DefaultIfEmpty(0).Max());
        Counts = new int[Bars];
        foreach (var output in finite) Counts[From < To ? Math.Min(Bars - 1, (int)((output - From) / (To - From) * Bars)) : Bars / 2]++;
        Mean = finite.DefaultIfEmpty(float.NaN).Average(static output => (double)output);
        Flat = activation is null or PlaygroundActivation.Linear || outputs.Length == 0
            ? null
            : outputs.Count(output => IsFlat(output, activation.Value)) / (double)outputs.Length;
    }

    /// <summary>The least output.</summary>
    public float From { get; }

    /// <summary>The greatest output.</summary>
    public float To { get; }

    /// <summary>How many points give what lies in each of <see cref="Bars"/> equal parts from the least to the greatest.</summary>
    public int[] Counts { get; }

    /// <summary>The mean output; NaN without points.</summary>
    public double Mean { get; }

    /// <summary>
    /// The share of points at which the activation hardly has a slope: ReLU gives 0, tanh and sigmoid are saturated; null where it has one everywhere.
    /// </summary>
    public double? Flat { get; }

    /// <summary>A neuron as it is now.</summary>
    /// <param name="playground">The network and its points.</param>
    /// <param name="layer">The layer, from 0 for the first hidden one; the last is the output: the probability of class 1, or the number.</param>
    /// <param name="neuron">The neuron, from 0.</param>
    /// <exception cref="ArgumentException">There is no such neuron.</exception>
    public static PlaygroundNeuron Of(Playground playground, int layer, int neuron)
    {
        var (network, options) = (playground.Network, playground.Options);
        if (layer < 0 || layer >= network.Layers.Count || neuron < 0 || neuron >= network.Sizes[layer + 1])
            throw new ArgumentException($"neuron: there is none with number {neuron} in layer {layer}.");
        using var noGrad = new NoGrad();
        var isLast = layer == network.Layers.Count - 1;
        if (playground.Points.Trained == 0) return new PlaygroundNeuron([], isLast ? null : options.Activation);
        var outputs = network.Forward(playground.Trained.Features)[layer];
        if (isLast && options.IsClassification) outputs = outputs.Sigmoid();
        return new PlaygroundNeuron(outputs.Select(1, neuron).ToArray<float>(), isLast ? null : options.Activation);
    }

    private static bool IsFlat(float output, PlaygroundActivation activation) => activation switch
    {
        PlaygroundActivation.Relu => output <= 0,
        PlaygroundActivation.Tanh => 1 - (output * output) < LeastSlope,
        _ => output * (1 - output) * 4 < LeastSlope,
    };
}
