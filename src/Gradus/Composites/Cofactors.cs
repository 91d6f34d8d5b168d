namespace Gradus;

/// <summary>The matrix of cofactors, which is the derivative of the determinant: det(A)·A⁻ᵀ, or the transposed adjugate where A is singular.</summary>
internal static class Cofactors
{
    /// <summary>The cofactors of each matrix of a batch, given the determinants; each depends on its own matrix alone.</summary>
    public static Tensor Of(Tensor a, Tensor determinants)
    {
        var isSingular = determinants.Equal(0);
        if (isSingular.Any().Item() == 0) return Regular(a, determinants);
        // Either way sees the identity in the place of the other's matrices, so that nothing infinite meets a gradient of 0.
        isSingular = isSingular.Unsqueeze(-1).Unsqueeze(-1);
        var identity = Tensor.Eye(a.Shape[-1], a.DType);
        return Tensor.Where(
            isSingular, Adjugate(Tensor.Where(isSingular, a, identity)).Transpose(), Regular(Tensor.Where(isSingular, identity, a), determinants));
    }

    private static Tensor Regular(Tensor a, Tensor determinants) => a.Inverse().Transpose() * determinants.Unsqueeze(-1).Unsqueeze(-1);

    /// <summary>
    /// The adjugate by Faddeev and Le Verrier: products, traces and divisions by whole numbers, so it is defined, and differentiable, for every matrix.
    /// </summary>
    private static Tensor Adjugate(Tensor a)
    {
        var n = a.Shape[-1];
        var identity = Tensor.Eye(n, a.DType);
        var adjugate = identity.Expand(a.Shape);
        for (var k = 1; k < n; k++)
        {
            var product = a.MatMul(adjugate);
            adjugate = product - (identity * (product.Trace() / k).Unsqueeze(-1).Unsqueeze(-1));
        }

        return n % 2 == 1 ? adjugate : -adjugate;
    }
}
