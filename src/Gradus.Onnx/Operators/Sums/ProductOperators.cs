namespace Gradus.Onnx;

/// <summary>Products of matrices, and sums of products.</summary>
internal static class ProductOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("MatMul", 1, static call => call.X.DType.IsFloat ? call.X.MatMul(call.Y) : Whole(call.X, call.Y)),
        new("Gemm", 1, static call => Gemm(call)),
        new("Einsum", 12, static call => Tensor.Einsum(call.Text("equation").Replace(" ", "", StringComparison.Ordinal), call.Inputs())),
        new("Det", 11, static call => call.X.Det()),
    ];

    // Sums of whole products, which wrap around as those of C do.
    private static Tensor Whole(Tensor x, Tensor y)
    {
        var (left, right) = (x.Rank == 1 ? x.Unsqueeze(0) : x, y.Rank == 1 ? y.Unsqueeze(1) : y);
        var product = (left.To(DType.Int64).Unsqueeze(-1) * right.To(DType.Int64).Unsqueeze(-3)).Sum(-2).To(x.DType);
        if (y.Rank == 1) product = product.Squeeze(-1);
        return x.Rank == 1 ? product.Squeeze(y.Rank == 1 ? -1 : -2) : product;
    }

    /// <summary>alpha·A′·B′ + beta·C, A′ and B′ being A and B or their transposes.</summary>
    private static Tensor Gemm(OnnxCall call)
    {
        var (a, b) = (call.X, call.Y);
        var (alpha, beta) = (call.Float("alpha", 1), call.Float("beta", 1));
        if (call.Flag("transA")) a = a.Transpose(0, 1);
        var c = call.Optional(2);
        // The form of a linear layer, whose kernel adds the bias on the way.
        if (call.Flag("transB") && alpha == 1 && beta == 1 && c is { Rank: 1 } && a.DType.IsFloat && c.Shape[0] == b.Shape[0]) return a.Linear(b, c);
        if (call.Flag("transB")) b = b.Transpose(0, 1);
        var product = a.DType.IsFloat ? a.MatMul(b) : Whole(a, b);
        if (alpha != 1) product = product * alpha;
        if (c is not null) product = product + (beta == 1 ? c : c * beta);
        return product.To(a.DType);
    }
}
