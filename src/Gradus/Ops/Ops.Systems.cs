namespace Gradus;

internal static partial class Ops
{
    /// <summary>Z of A·Z = B for triangular matrices of a batch.</summary>
    public static readonly BinaryOp<TriangularArgs> SolveTriangular = new("solveTriangular")
    {
        Promote = Promote.Real,
        WantsDense = true,
        Infer = static (a, b, _) =>
        {
            LinearAlgebraKernels.ExpectSquare("solveTriangular", a);
            LinearAlgebraKernels.ExpectSides("solveTriangular", a, b);
            return new Meta(b.Shape, a.DType);
        },
        Run = LinearAlgebraKernels.SolveTriangular,
        Dx = new(Reads.X | Reads.Out, static (g, s) =>
        {
            var (upper, unit) = (s.Args.Upper, s.Args.UnitDiagonal);
            var whole = -SolveTriangular!.Apply(s.X.Transpose(), g, new(!upper, unit)).MatMul(s.Out.Transpose());
            return upper ? whole.Triu(unit ? 1 : 0) : whole.Tril(unit ? -1 : 0);
        }),
        Dy = new(Reads.X, static (g, s) => SolveTriangular!.Apply(s.X.Transpose(), g, new(!s.Args.Upper, s.Args.UnitDiagonal))),
    };

    /// <summary>A⁺·B for matrices of full rank.</summary>
    /// <remarks>Golub and Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares problems whose variables separate", 1973.</remarks>
    public static readonly BinaryOp<None> LeastSquares = new("lstsq")
    {
        Promote = Promote.Real,
        WantsDense = true,
        Infer = static (a, b, _) =>
        {
            LinearAlgebraKernels.ExpectSides("lstsq", a, b);
            return new Meta(Shape.Create([.. ProductKernels.Batch(a.Shape).AsSpan(), a.Shape[-1], b.Shape[-1]]), a.DType);
        },
        Run = LinearAlgebraKernels.LeastSquares,
        Dx = new(Reads.X | Reads.Y | Reads.Out, static (g, s) =>
        {
            Tensor a = s.X, transposed = a.Transpose(), x = s.Out;
            var y = LeastSquares!.Apply(transposed, g, default);
            var residual = s.Y - a.MatMul(x);
            return residual.MatMul(LeastSquares.Apply(a, y, default).Transpose())
                + LeastSquares.Apply(transposed, x, default).MatMul((g - transposed.MatMul(y)).Transpose())
                - y.MatMul(x.Transpose());
        }),
        Dy = new(Reads.X, static (g, s) => LeastSquares!.Apply(s.X.Transpose(), g, default)),
    };
}
