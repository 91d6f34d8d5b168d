using System.Globalization;

namespace Gradus.Nn;

/// <summary>(Σ |x − y + ε|ᵖ)^(1/p) along the last axis, which goes.</summary>
/// <param name="p">The norm. Default 2.</param>
/// <param name="epsilon">ε, which keeps the derivative finite. Default 1e-6.</param>
/// <param name="keepDim">Whether the last axis stays, with size 1. Default false.</param>
public sealed class PairwiseDistance(double p = 2, double epsilon = 1e-6, bool keepDim = false) : Layer<(Tensor X, Tensor Y), Tensor>
{
    private readonly double _epsilon = Expect.AtLeast0("pairwiseDistance", "epsilon", epsilon);

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor X, Tensor Y) input)
    {
        Expect.Pair(input.X, input.Y);
        return (input.X - input.Y + _epsilon).Norm(-1, p, keepDim);
    }

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{p}, ε {_epsilon}");
}
