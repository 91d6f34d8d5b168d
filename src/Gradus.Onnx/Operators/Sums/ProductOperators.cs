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

    // Exact as long as sums stay below 2⁵³.
    private static Tensor Whole(Tensor x, Tensor y) => x.To(DType.Float64).MatMul(y.To(DType.Float64)).To(x.DType);

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
        if (c is null) return product;
        return product + (beta == 1 ? c : c * beta);
    }
}
