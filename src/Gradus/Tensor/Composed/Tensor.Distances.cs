namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// The distance of each row of this tensor from each row of another: […, n, d] and […, m, d] → […, n, m], ‖xᵢ − yⱼ‖ₚ. Leading axes broadcast.
    /// </summary>
    /// <param name="y">The other rows.</param>
    /// <param name="p">The norm, as <see cref="Norm(ReadOnlySpan{int}, double, bool)"/> takes it; 2, the length, by default.</param>
    /// <remarks>From the differences themselves, so that near rows lose no digits; where two rows are equal the gradient is 0.</remarks>
    /// <exception cref="GradusException">There are fewer than two axes, or the rows differ in length.</exception>
    public Tensor Cdist(Tensor y, double p = 2)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (Rank < 2 || y.Rank < 2 || Shape[-1] != y.Shape[-1])
        {
            throw new GradusException($"cdist: got {Describe()} and {y.Describe()}, expected [..., n, d] and [..., m, d].");
        }

        return (Unsqueeze(-2) - y.Unsqueeze(-3)).Norm(-1, p);
    }

    /// <summary>The distances between the rows of a matrix, each pair once: [n, d] → [n·(n − 1)/2], in the order (0, 1), (0, 2), …, (1, 2), ….</summary>
    /// <param name="p">The norm; 2, the length, by default.</param>
    /// <exception cref="GradusException">This is no matrix.</exception>
    public Tensor Pdist(double p = 2)
    {
        if (Rank != 2) throw new GradusException($"pdist: got {Describe()}, expected a matrix [n, d].");
        var count = Shape[0];
        var pairs = Ones([count, count], DType.Bool).Triu(1).Flatten().Places().UnravelIndex([count, count]);
        return (IndexSelect(0, pairs.Select(1, 0)) - IndexSelect(0, pairs.Select(1, 1))).Norm(-1, p);
    }

    /// <summary>Each vector along an axis brought to length 1: x / max(‖x‖ₚ, ε).</summary>
    /// <param name="axis">The axis along which the vectors lie; the last, by default.</param>
    /// <param name="p">The norm; 2, the length, by default.</param>
    /// <param name="epsilon">What a shorter vector is divided by.</param>
    /// <exception cref="GradusException">There is no such axis.</exception>
    public Tensor Normalize(int axis = -1, double p = 2, double epsilon = 1e-12)
    {
        var x = To(Promotion.Real(DType));
        return x / x.Norm(axis, p, keepDim: true).Clamp(min: epsilon);
    }
}
