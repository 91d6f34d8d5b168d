namespace Gradus;

internal static partial class Ops
{
    /// <summary>Z = A⁻¹ for each matrix of a batch: dZ = −Z·dA·Z.</summary>
    public static readonly UnaryOp<None> Inverse = new("inverse")
    {
        Promote = Promote.Real,
        WantsDense = true,
        Infer = static (a, _) => LinearAlgebraKernels.InferSquare("inverse", a),
        Run = LinearAlgebraKernels.Inverse,
        Dx = new(Reads.Out, static (g, s) =>
        {
            var transposed = s.Out.Transpose();
            return -transposed.MatMul(g).MatMul(transposed);
        }),
    };

    /// <summary>Z of A·Z = B; leading axes broadcast: dZ = A⁻¹·(dB − dA·Z).</summary>
    public static readonly BinaryOp<None> Solve = new("solve")
    {
        Promote = Promote.Real,
        WantsDense = true,
        Infer = static (a, b, _) => LinearAlgebraKernels.InferSolve(a, b),
        Run = LinearAlgebraKernels.Solve,
        Dx = new(Reads.X | Reads.Out, static (g, s) => -Solve!.Apply(s.X.Transpose(), g, default).MatMul(s.Out.Transpose())),
        Dy = new(Reads.X, static (g, s) => Solve!.Apply(s.X.Transpose(), g, default)),
    };

    /// <summary>z = det A: dz = Σ cof(A)·dA, which exists for a singular matrix too.</summary>
    public static readonly UnaryOp<None> Determinant = new("det")
    {
        Promote = Promote.Real,
        WantsDense = true,
        Infer = static (a, _) => LinearAlgebraKernels.InferNumber("det", a),
        Run = LinearAlgebraKernels.Determinant,
        Dx = new(Reads.X | Reads.Out, static (g, s) => g.Unsqueeze(-1).Unsqueeze(-1).Chain(Cofactors.Of(s.X, s.Out))),
    };

    /// <summary>z = log |det A|: dz = Σ A⁻ᵀ·dA.</summary>
    public static readonly UnaryOp<None> LogDeterminant = new("logDet")
    {
        Promote = Promote.Real,
        WantsDense = true,
        Infer = static (a, _) => LinearAlgebraKernels.InferNumber("logDet", a),
        Run = LinearAlgebraKernels.LogDeterminant,
        Dx = new(Reads.X, static (g, s) => g.Unsqueeze(-1).Unsqueeze(-1) * s.X.Inverse().Transpose()),
    };

    /// <summary>z = the sign of det A.</summary>
    public static readonly UnaryOp<None> DeterminantSign = new("detSign")
    {
        Promote = Promote.Real,
        WantsDense = true,
        Infer = static (a, _) => LinearAlgebraKernels.InferNumber("detSign", a),
        Run = LinearAlgebraKernels.DeterminantSign,
        Dx = Rule<None>.Zero,
    };

    /// <summary>L of A = L·Lᵀ. With P = Lᵀ·G, its upper triangle dropped and its diagonal halved, dA is the symmetric part of L⁻ᵀ·P·L⁻¹.</summary>
    /// <remarks>Murray, "Differentiation of the Cholesky decomposition", 2016.</remarks>
    public static readonly UnaryOp<None> Cholesky = new("cholesky")
    {
        Promote = Promote.Real,
        WantsDense = true,
        Infer = static (a, _) => LinearAlgebraKernels.InferSquare("cholesky", a),
        Run = LinearAlgebraKernels.Cholesky,
        Dx = new(Reads.Out, static (g, s) =>
        {
            var transposed = s.Out.Transpose();
            var product = transposed.MatMul(g);
            var lower = (product.Tril() + product.Tril(-1)) / 2;
            // L⁻ᵀ·P, then (L⁻ᵀ·(L⁻ᵀ·P)ᵀ)ᵀ.
            var result = transposed.Solve(transposed.Solve(lower).Transpose()).Transpose();
            return (result + result.Transpose()) / 2;
        }),
    };
}
