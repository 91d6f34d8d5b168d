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
    public Linear(int inputs, int outputs, bool bias = true, Init? init = null)
    {
        if (inputs < 1 || outputs < 1) throw new GradusException($"linear: {inputs} → {outputs}; both sizes must be at least 1.");
        Weight = new Parameter([outputs, inputs], init ?? Init.InverseSquareRoot(inputs));
        Bias = bias ? new Parameter([outputs], Init.InverseSquareRoot(inputs)) : null;
    }

    /// <summary>W, shaped [out, in].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (_transposed.For(input, Weight) is not { } transposed) return input.Linear(Weight, Bias?.Value);
        var product = input.MatMul(transposed);
        return Bias is null ? product : product + Bias.Value;
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{Weight.Shape[1]} → {Weight.Shape[0]}{(Bias is null ? ", no bias" : "")}";
}
