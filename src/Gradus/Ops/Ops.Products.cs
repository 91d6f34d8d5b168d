namespace Gradus;

internal static partial class Ops
{
    /// <summary>Z = X·Y over the last two axes; leading axes broadcast.</summary>
    public static readonly BinaryOp<None> MatMul = new("matmul")
    {
        Symbol = "@",
        Role = OpRole.Multiplying,
        UnitAxis = -1,
        MultiplyAdds = ProductTerms,
        Kind = OpKind.Bilinear,
        Infer = static (x, y, _) => ProductKernels.InferMatMul(x, y),
        Run = ProductKernels.MatMul,
        Dx = new(Reads.Y, static (g, s) => Unasked.Skip(g, s.Y, [-2], -2, s.Args, static (g, y, _) => g.MatMul(y.Transpose()))),
        Dy = new(Reads.X, static (g, s) => Unasked.Skip(g, s.X, [-1], -1, s.Args, static (g, x, _) => x.Transpose().MatMul(g))),
    };

    /// <summary>out = x·Wᵀ + b: […, in], [out, in] and, perhaps, [out] → […, out].</summary>
    public static readonly TernaryOp<None> Linear = new("linear")
    {
        IsThirdOptional = true,
        Role = OpRole.Multiplying,
        UnitAxis = -1,
        MultiplyAdds = ProductTerms,
        Kind = OpKind.Bilinear,
        WantsDense = true,
        Spec = static (x, w, b, _) => b is null ? x.MatMul(w.Transpose()) : x.MatMul(w.Transpose()) + b,
        Infer = static (x, w, b, _) => ProductKernels.InferLinear(x, w, b),
        Run = static (x, w, b, _, z) => ProductKernels.Linear(x, w, b, z),
        Dx = new(Reads.Y, static (g, s) => g.MatMul(s.Y)),
        Dy = new(Reads.X, static (g, s) => WeightGradient(g, s.X)),
        // The engine sums over the leading axes.
        Dz = new(Reads.None, static (g, _) => g),
    };

    /// <summary>Gᵀ·X, over all leading axes at once.</summary>
    private static Tensor WeightGradient(Tensor g, Tensor x) =>
        Unasked.Skip(Rows(g), Rows(x), [-1], 0, default(None), static (g, x, _) => g.Transpose().MatMul(x));

    /// <summary>All leading axes as one.</summary>
    private static Tensor Rows(Tensor x) => x.Rank == 2 ? x : x.Reshape(-1, x.Shape[-1]);

    /// <summary>As many for each element of the result as a row of x has elements.</summary>
    private static long ProductTerms(Node node) => node.OutputShape().ElementCount * node.Input(0).Shape[-1];
}
