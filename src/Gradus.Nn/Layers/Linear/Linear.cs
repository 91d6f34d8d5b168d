namespace Gradus.Nn;

/// <summary>y = x·Wᵀ + b: [batch, …, in] → [batch, …, out].</summary>
/// <remarks>W and b begin uniform in ±1/√in, as PyTorch's do.</remarks>
public sealed class Linear : Layer<Tensor, Tensor>
{
    private readonly TransposedWeight _transposed = new();

    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> numbers.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="outputs">The size of the output's last axis.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W begins; unset, uniform in ±1/√in.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public Linear(int inputs, int outputs, bool bias = true, Init? init = null) : this([outputs, inputs], bias, init)
    {
        if (inputs < 1 || outputs < 1) throw new GradusException($"linear: {inputs} → {outputs}; both sizes must be at least 1.");
    }

    /// <summary>A layer to <paramref name="outputs"/> numbers; the first input tells from how many.</summary>
    /// <inheritdoc cref="Linear(int, int, bool, Init?)"/>
    public Linear(int outputs, bool bias = true, Init? init = null) : this([outputs, -1], bias, init) => Expect.Positive("linear", "outputs", outputs);

    private Linear(int[] shape, bool bias, Init? init)
    {
        Weight = new Parameter(PendingShape.Of(shape), init ?? new FanOf(null));
        Bias = bias ? new Parameter([shape[0]], new FanOf(Weight)) : null;
    }

    /// <summary>W, shaped [out, in].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank > 0) Weight.Sizes.Settle(input.Shape[-1]);
        if (input.Rank == 0 || input.Shape[-1] != Weight.Shape[1]) throw Expect.Got($"[..., {Weight.Sizes.At(1)}]", input);
        // Read once: it may be computed from others.
        var weight = Weight.Value;
        if (_transposed.For(input, weight) is not { } transposed) return input.Linear(weight, Bias?.Value);
        var product = input.MatMul(transposed);
        return Bias is null ? product : product + Bias.Value;
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{Weight.Sizes.At(1)} → {Weight.Sizes.At(0)}{(Bias is null ? ", no bias" : "")}";
}
