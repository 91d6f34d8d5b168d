namespace Gradus.Nn;

/// <summary>
/// Neurons with thresholds, the older form: y = σ(W·x − b): [batch, …, in] → [batch, …, out]. A neuron's input has to exceed its threshold b.
/// </summary>
/// <remarks>σ is the sigmoid. W and b begin uniform in ±1/√in. Rosenblatt, "The perceptron", 1958, with a differentiable step.</remarks>
public sealed class Perceptron : Layer<Tensor, Tensor>
{
    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> numbers.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="outputs">The number of neurons.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public Perceptron(int inputs, int outputs) : this((int?)inputs, outputs) => Expect.Positive("perceptron", "inputs", inputs);

    /// <summary>A layer of some neurons; the first input tells how many numbers go in.</summary>
    /// <inheritdoc cref="Perceptron(int, int)"/>
    public Perceptron(int outputs) : this(null, outputs)
    {
    }

    private Perceptron(int? inputs, int outputs)
    {
        Expect.Positive("perceptron", "outputs", outputs);
        Weight = new Parameter(PendingShape.Of(outputs, inputs ?? -1), new FanOf(null));
        Threshold = new Parameter([outputs], new FanOf(Weight));
    }

    /// <summary>W, shaped [out, in].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out].</summary>
    public Parameter Threshold { get; set => field = Register(value)!; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank > 0) Weight.Sizes.Settle(input.Shape[-1]);
        if (input.Rank == 0 || input.Shape[-1] != Weight.Shape[1]) throw Expect.Got($"[..., {Weight.Sizes.At(1)}]", input);
        return (input.Linear(Weight) - Threshold).Sigmoid();
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{Weight.Sizes.At(1)} → {Weight.Sizes.At(0)}";
}
