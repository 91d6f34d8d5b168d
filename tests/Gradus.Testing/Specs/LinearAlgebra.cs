using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.LinearAlgebra must do.</summary>
internal static class LinearAlgebra
{
    private static readonly int[][] Shapes = [[1, 1], [2, 2], [4, 4], [2, 3, 3], [2, 1, 3, 3], [0, 2, 2], [2, 0, 0]];
    private static readonly int[][] Large = [[33, 33], [150, 5, 5]];

    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Inverse, [Number(Ops.Inverse, static x => 1 / x), .. Shapes.Select(Inverse)], OpSpec.Floats, tolerance: Tolerance,
            large: Large.Select(Inverse), misuses:
            [
                new("not square", static () => Tensor.Ones([2, 3]).Inverse(), "inverse: got f32[2,3], expected square matrices [..., n, n]."),
                new("singular", static () => Tensor.Stack([Tensor.Eye(2), Tensor.Ones([2, 2])]).Inverse(),
                    "inverse: matrix 1 of f32[2,2,2] is singular, a pivot being 0."),
            ]),
        OpSpec.General(Ops.Solve,
            [
                Case.Of(Ops.Solve, default, new Input([1, 1], new Domain(1, 2)), new Input([1, 1], Domain.Plain),
                    static (a, b) => b with { Values = [b.Values[0] / a.Values[0]] }),
                Solution([3, 3], [3, 2]), Solution([2, 3, 3], [2, 3, 1]), Solution([2, 2, 2], [2, 3]), Solution([2, 2], [3, 2, 1]),
                Solution([2, 1, 3, 3], [4, 3, 2]), Solution([3, 3], [3, 0]), VectorSolution(),
            ],
            OpSpec.Floats, tolerance: Tolerance, large: [Solution([33, 33], [33, 20]), Solution([150, 5, 5], [5, 3])], misuses:
            [
                new("the right side", static () => Tensor.Eye(3).Solve(Tensor.Ones([2, 3])),
                    "solve: the matrix is f32[3,3], the right side f32[2,3]; expected [..., 3, columns], or one vector [3]."),
                new("singular", static () => Tensor.Zeros([2, 2]).Solve(Tensor.Ones([2])), "solve: matrix 0 of f32[2,2] is singular"),
            ]),
        OpSpec.General(Ops.Determinant, [Number(Ops.Determinant, static x => x), .. Shapes.Select(Determinant), Singular(0), Singular(1)], OpSpec.Floats,
            tolerance: Tolerance, large: Large.Select(Determinant),
            misuses: [new("not square", static () => Tensor.Ones([3]).Det(), "det: got f32[3], expected square matrices [..., n, n].")]),
        OpSpec.General(Ops.LogDeterminant, [Number(Ops.LogDeterminant, Math.Log), .. Shapes.Select(LogDeterminant)], OpSpec.Floats, tolerance: Tolerance,
            large: Large.Select(LogDeterminant)),
        OpSpec.General(Ops.DeterminantSign, Shapes.Select(Sign), OpSpec.Floats),
        OpSpec.General(Ops.Cholesky, [Number(Ops.Cholesky, Math.Sqrt), .. Shapes.Select(Cholesky)], OpSpec.Floats, tolerance: Tolerance,
            large: Large.Select(Cholesky),
            misuses: [new("not positive definite", static () => (-Tensor.Eye(2)).Cholesky(), "cholesky: matrix 0 of f32[2,2] is not positive definite.")]),
        OpSpec.Composite("LogDet", Shapes.Select(static shape => Definite(shape, static t => t.LogDet(),
            static a => Matrices.Numbers(a, static m => Math.Log(Matrices.Determinant(m))))), OpSpec.Floats, tolerance: Tolerance),
        OpSpec.Composite("Trace", [.. Shapes.Append([2, 3]).Append([2, 3, 2]).Select(Trace)], result: static type => type.IsFloat ? type : DType.Int64,
            misuses: [new("a vector", static () => Tensor.Ones([3]).Trace(), "trace: got f32[3], expected matrices [..., m, n].")]),
        OpSpec.Composite("MatrixPower",
            [.. new[] { -2, -1, 1, 2, 3, 6 }.Select(static power =>
                Square([2, 3, 3], t => t.MatrixPower(power), a => Matrices.Map(a, m => Power(m, power)), $"to {power}"))], OpSpec.Floats, tolerance: Wide,
            misuses: [new("not square", static () => Tensor.Ones([2, 3]).MatrixPower(2), "matrixPower: got f32[2,3], expected square matrices [..., n, n].")]),
    ];

    /// <summary>The row on a matrix of one number, whose result is one too, and nothing around it.</summary>
    private static Case Number(UnaryOp<None> row, Func<double, double> reference) => Case.Of(row, default, new Input([1, 1], new Domain(1, 2)), x =>
        new NArray(row == Ops.Inverse || row == Ops.Cholesky ? [1, 1] : [], [reference(x.Values[0])]));

    private static Case Trace(int[] shape) => Case.Of([new Input(shape, Domain.Plain)], static t => t[0].Trace(), static a =>
        NArray.Build(a[0].Shape[..^2], at => Enumerable.Range(0, Math.Min(a[0].Shape[^2], a[0].Shape[^1])).Sum(i => a[0][[.. at, i, i]])));

    private static Case Inverse(int[] shape) => Square(shape, static t => t.Inverse(), static a => Matrices.Map(a, Matrices.Inverse));

    private static Case Determinant(int[] shape) => Square(shape, static t => t.Det(), static a => Matrices.Numbers(a, Matrices.Determinant));

    private static Case LogDeterminant(int[] shape) =>
        Square(shape, static t => t.SlogDet().LogAbsDet, static a => Matrices.Numbers(a, static m => Math.Log(Math.Abs(Matrices.Determinant(m)))));

    private static Case Sign(int[] shape) =>
        Square(shape, static t => t.SlogDet().Sign, static a => Matrices.Numbers(a, static m => Math.Sign(Matrices.Determinant(m))));

    private static Case Cholesky(int[] shape) => Definite(shape, static t => t.Cholesky(), static a => Matrices.Map(a, Matrices.Cholesky));

    /// <summary>A matrix of one number: its rank is 0 or 1, and so is that of its cofactors.</summary>
    private static Case Singular(double value) => Case.Of([new Input([3, 3], new Domain(value, value))], static t => t[0].Det(),
        static a => Matrices.Numbers(a[0], Matrices.Determinant), $"of {value} only");

    private static Case Solution(int[] a, int[] b) => Case.Of([Small(a), new Input(b, Domain.Plain)], static t => Mixed(t[0]).Solve(t[1]), static t =>
        Multiplying.MatMul(Matrices.Map(Mixed(t[0]), Matrices.Inverse), t[1]));

    private static Case VectorSolution() => Case.Of([Small([3, 3]), new Input([3], Domain.Plain)], static t => Mixed(t[0]).Solve(t[1]), static t =>
        Multiplying.MatMul(Matrices.Map(Mixed(t[0]), Matrices.Inverse), t[1] with { Shape = [3, 1] }) with { Shape = [3] });

    private static Case Square(int[] shape, Func<Tensor, Tensor> method, Func<NArray, NArray> reference, string label = "") =>
        Case.Of([Small(shape)], t => method(Mixed(t[0])), a => reference(Mixed(a[0])), label);

    private static Case Definite(int[] shape, Func<Tensor, Tensor> method, Func<NArray, NArray> reference) => Case.Of([Small(shape)],
        t => method(t[0].MatMul(t[0].Transpose()) + (Tensor.Eye(shape[^1], t[0].DType) * 2)),
        a => reference(Matrices.Map(a[0], static m => Matrices.Plus(Matrices.Product(m, Matrices.Transposed(m)), Matrices.Identity(m.GetLength(0)), 2))));

    // Far from singular, with its large elements where elimination has to exchange rows to meet them, and with the strides of a transposed matrix.
    private static Tensor Mixed(Tensor x) => (x + (Tensor.Eye(x.Shape[-1], x.DType).Flip(1) * 3)).Transpose();

    private static NArray Mixed(NArray x) => Matrices.Map(x, static m => Matrices.Transposed(Matrices.Plus(m, Matrices.Reversal(m.GetLength(0)), 3)));

    private static double[,] Power(double[,] m, int power) => power < 0
        ? Power(Matrices.Inverse(m), -power)
        : Enumerable.Repeat(m, power).Aggregate(Matrices.Identity(m.GetLength(0)), Matrices.Product);

    // So that a row's other elements never add up to the 3.
    private static Input Small(int[] shape) => new(shape, new Domain(-1.5 / Math.Max(1, shape[^1]), 1.5 / Math.Max(1, shape[^1])));

    /// <summary>Of results of some tens of operations on numbers of size about 3.</summary>
    private static Tolerance Tolerance(DType type) => type == DType.Float32 ? new(1e-5, 1e-5) : new(1e-13, 1e-13);

    /// <summary>Of sixth powers.</summary>
    private static Tolerance Wide(DType type) => type == DType.Float32 ? new(1e-5, 1e-3) : new(1e-13, 1e-11);
}
