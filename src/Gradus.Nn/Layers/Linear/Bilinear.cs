namespace Gradus.Nn;

/// <summary>yₖ = x₁ᵀ·Wₖ·x₂ + bₖ: […, first] and […, second] → […, out].</summary>
/// <remarks>W and b begin uniform in ±1/√first, as PyTorch's do.</remarks>
public sealed class Bilinear : Layer<(Tensor First, Tensor Second), Tensor>
{
    /// <summary>A layer of two inputs.</summary>
    /// <param name="first">The size of the first input's last axis.</param>
    /// <param name="second">The size of the second input's last axis.</param>
    /// <param name="outputs">The size of the output's last axis.</param>
    /// <param name="bias">Whether b is added. Default true.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public Bilinear(int first, int second, int outputs, bool bias = true)
    {
        if (first < 1 || second < 1 || outputs < 1) throw new GradusException($"bilinear: {first}, {second} → {outputs}; all sizes must be at least 1.");
        Weight = new Parameter([outputs, first, second], Init.InverseSquareRoot(first));
        Bias = bias ? new Parameter([outputs], Init.InverseSquareRoot(first)) : null;
    }

    /// <summary>W, shaped [out, first, second].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor First, Tensor Second) input)
    {
        int outputs = Weight.Shape[0], first = Weight.Shape[1], second = Weight.Shape[2];
        if (input.First.Rank == 0 || input.First.Shape[-1] != first) throw Expect.Got($"[..., {first}] first", input.First);
        if (input.Second.Rank == 0 || input.Second.Shape[-1] != second) throw Expect.Got($"[..., {second}] second", input.Second);
        Expect.Pair(input.First, input.Second, last: 1);
        // x₁ with every Wₖ in one product, then each result with x₂: […, out, second] · [second].
        var products = input.First.MatMul(Weight.Value.Permute(1, 0, 2).Reshape(first, outputs * second));
        var y = (products.Unflatten(-1, outputs, second) * input.Second.Unsqueeze(-2)).Sum(-1);
        return Bias is null ? y : y + Bias;
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{Weight.Shape[1]}, {Weight.Shape[2]} → {Weight.Shape[0]}{(Bias is null ? ", no bias" : "")}";
}
