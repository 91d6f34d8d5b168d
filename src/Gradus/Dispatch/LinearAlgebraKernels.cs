using System.Numerics;
using Gradus.Kernels;

namespace Gradus;

/// <summary>From dense operands to the kernels on square matrices.</summary>
internal static unsafe class LinearAlgebraKernels
{
    /// <summary>Holds that the last two axes are equal.</summary>
    public static void ExpectSquare(string operation, Meta a)
    {
        if (a.Rank < 2 || a.Shape[-1] != a.Shape[-2]) throw new GradusException($"{operation}: got {a}, expected square matrices [..., n, n].");
    }

    /// <summary>Holds that each matrix has right sides of as many rows.</summary>
    public static void ExpectSides(string operation, Meta a, Meta b)
    {
        if (a.Rank >= 2 && b.Rank >= 2 && a.Shape[-2] == b.Shape[-2] && ProductKernels.Batch(a.Shape) == ProductKernels.Batch(b.Shape)) return;
        throw new GradusException($"{operation}: the matrix is {a}, the right side {b}; expected [..., m, n] and [..., m, columns].");
    }

    /// <summary>The shape of the leading axes of square matrices: one number for each.</summary>
    public static Meta InferNumber(string operation, Meta a)
    {
        ExpectSquare(operation, a);
        return new Meta(Shape.Create(a.Shape.AsSpan()[..^2]), a.DType);
    }

    public static Meta InferSquare(string operation, Meta a)
    {
        ExpectSquare(operation, a);
        return new Meta(a.Shape, a.DType);
    }

    public static Meta InferSolve(Meta a, Meta b)
    {
        ExpectSquare("solve", a);
        if (b.Rank < 2 || b.Shape[-2] != a.Shape[-1])
        {
            throw new GradusException($"solve: the matrix is {a}, the right side {b}; expected [..., {a.Shape[-1]}, columns], or one vector [{a.Shape[-1]}].");
        }

        var batch = Shape.Broadcast("solve", ProductKernels.Batch(a.Shape), ProductKernels.Batch(b.Shape));
        return new Meta(Shape.Create([.. batch.AsSpan(), b.Shape[-2], b.Shape[-1]]), a.DType);
    }

    public static void Inverse(Operand a, None args, Operand z) => Solve("inverse", a, null, z);

    public static void Solve(Operand a, Operand b, None args, Operand x) => Solve("solve", a, b, x);

    public static void Determinant(Operand a, None args, Operand z)
    {
        if (z.DType == DType.Float32) LinearSystems<float>.Determinant((int)z.Count, a.Shape[-1], a.As<float>(), z.As<float>());
        else LinearSystems<double>.Determinant((int)z.Count, a.Shape[-1], a.As<double>(), z.As<double>());
    }

    public static void LogDeterminant(Operand a, None args, Operand z)
    {
        if (z.DType == DType.Float32) LinearSystems<float>.LogDeterminant((int)z.Count, a.Shape[-1], a.As<float>(), z.As<float>());
        else LinearSystems<double>.LogDeterminant((int)z.Count, a.Shape[-1], a.As<double>(), z.As<double>());
    }

    public static void DeterminantSign(Operand a, None args, Operand z)
    {
        if (z.DType == DType.Float32) LinearSystems<float>.DeterminantSign((int)z.Count, a.Shape[-1], a.As<float>(), z.As<float>());
        else LinearSystems<double>.DeterminantSign((int)z.Count, a.Shape[-1], a.As<double>(), z.As<double>());
    }

    public static void Cholesky(Operand a, None args, Operand z)
    {
        var count = (int)ProductKernels.Batch(z.Shape).ElementCount;
        var failed = z.DType == DType.Float32
            ? CholeskyDecomposition<float>.Run(count, z.Shape[-1], a.As<float>(), z.As<float>())
            : CholeskyDecomposition<double>.Run(count, z.Shape[-1], a.As<double>(), z.As<double>());
        if (failed >= 0)
        {
            throw new GradusException(FormattableString.Invariant(
                $"cholesky: matrix {failed} of {Describe(a)} is not positive definite. A = B·Bᵀ + ε·I is; Solve takes any matrix that is not singular."));
        }
    }

    public static void SolveTriangular(Operand a, Operand b, TriangularArgs args, Operand x)
    {
        var count = (int)ProductKernels.Batch(x.Shape).ElementCount;
        var singular = x.DType == DType.Float32
            ? TriangularSystems<float>.Solve(count, x.Shape[-2], x.Shape[-1], args.Upper, args.UnitDiagonal, a.As<float>(), b.As<float>(), x.As<float>())
            : TriangularSystems<double>.Solve(count, x.Shape[-2], x.Shape[-1], args.Upper, args.UnitDiagonal, a.As<double>(), b.As<double>(), x.As<double>());
        if (singular >= 0)
        {
            throw new GradusException(
                FormattableString.Invariant($"solveTriangular: matrix {singular} of {Describe(a)} is singular, an element of its diagonal being 0."));
        }
    }

    public static void LeastSquares(Operand a, Operand b, None args, Operand x)
    {
        var count = (int)ProductKernels.Batch(x.Shape).ElementCount;
        int rows = a.Shape[-2], columns = a.Shape[-1];
        var deficient = x.DType == DType.Float32
            ? LeastSquares<float>.Solve(count, rows, columns, x.Shape[-1], a.As<float>(), b.As<float>(), x.As<float>())
            : LeastSquares<double>.Solve(count, rows, columns, x.Shape[-1], a.As<double>(), b.As<double>(), x.As<double>());
        if (deficient < 0) return;
        var dependent = rows >= columns ? "column" : "row";
        throw new GradusException(
            FormattableString.Invariant($"lstsq: matrix {deficient} of {Describe(a)} has a {dependent} that others add up to, ") +
            $"so that many solutions are equally good. Leave that {dependent} out, or add ε·I to A's last rows and zeros to B.");
    }

    private static void Solve(string operation, Operand a, Operand? b, Operand x)
    {
        var singular = x.DType == DType.Float32 ? Solve<float>(a, b, x) : Solve<double>(a, b, x);
        if (singular >= 0)
        {
            throw new GradusException(
                FormattableString.Invariant($"{operation}: matrix {singular} of {Describe(a)} is singular, a pivot being 0. ") +
                "Check its rows for one that the others add up to, or add ε·I.");
        }
    }

    private static int Solve<T>(Operand a, Operand? b, Operand x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var batch = ProductKernels.Batch(x.Shape);
        var offsets = new nint[batch.ElementCount];
        var right = new nint[offsets.Length];
        ProductKernels.Offsets(a.Layout, batch, offsets);
        if (b is { } given) ProductKernels.Offsets(given.Layout, batch, right);
        return LinearSystems<T>.Solve(
            (int)ProductKernels.Batch(a.Shape).ElementCount, offsets, right, x.Shape[-2], x.Shape[-1],
            a.As<T>(), b is { } values ? values.As<T>() : null, x.As<T>());
    }

    private static string Describe(Operand a) => new Meta(a.Shape, a.DType).ToString();
}
