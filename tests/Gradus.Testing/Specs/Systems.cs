using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Systems and the methods over it must do.</summary>
internal static class Systems
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.SolveTriangular,
            [
                Case.Of(Ops.SolveTriangular, default, Positive, new Input([1, 2], Domain.Plain), Divided),
                .. from upper in new[] { false, true } from unit in new[] { false, true }
                    from shapes in new (int[] A, int[] B)[] { ([1, 1], [1, 2]), ([4, 4], [4, 3]), ([2, 3, 3], [2, 3, 1]) }
                    select Row(shapes.A, shapes.B, upper, unit),
                Triangular([3, 3], [2, 3, 2], true, true), Triangular([2, 1, 3, 3], [4, 3, 2], false, true), Triangular([3, 3], [3], true, true),
                Triangular([3, 3], [2, 3], false, false), Triangular([3, 3], [3, 0], true, true),
            ],
            OpSpec.Floats, tolerance: Tolerance, large: [Row([70, 70], [70, 90], true, false), Row([150, 5, 5], [150, 5, 3], false, false)], misuses:
            [
                new("the right side", static () => Tensor.Eye(3).SolveTriangular(Tensor.Ones([2, 3]), upper: true),
                    "solveTriangular: the matrix is f32[3,3], the right side f32[2,3]; expected [..., 3, columns], or one vector [3]."),
                new("singular", static () => Tensor.Zeros([2, 2]).SolveTriangular(Tensor.Ones([2]), upper: true),
                    "solveTriangular: matrix 0 of f32[2,2] is singular, an element of its diagonal being 0."),
                new("not square", static () => Tensor.Ones([2, 3]).SolveTriangular(Tensor.Ones([2]), upper: true),
                    "solveTriangular: got f32[2,3], expected square matrices [..., n, n]."),
            ]),
        OpSpec.Composite("CholeskySolve",
            [.. from upper in new[] { false, true }
                select Case.Of([Small([3, 3]), new Input([3, 2], Domain.Plain)], t => Strong(t[0]).CholeskySolve(t[1], upper), a =>
                {
                    var factor = Matrices.Map(Strong(a[0]), m => Triangle(m, upper, unit: false));
                    var transposed = Matrices.Map(factor, Matrices.Transposed);
                    return Multiplying.MatMul(Matrices.Map(upper ? Multiplying.MatMul(transposed, factor) : Multiplying.MatMul(factor, transposed),
                        Matrices.Inverse), a[1]);
                }, $"{upper}")], OpSpec.Floats, tolerance: Tolerance),
        OpSpec.General(Ops.LeastSquares,
            [
                Case.Of(Ops.LeastSquares, default, Positive, new Input([1, 1], Domain.Plain), Divided),
                Fitted([5, 2], [5, 3]), Fitted([3, 3], [3, 1]), Fitted([2, 4, 2], [2, 4, 1]), Fitted([2, 4], [2, 2]), Fitted([4, 1], [4, 0]),
            ],
            OpSpec.Floats, tolerance: Tolerance,
            large: [Fitted([60, 33], [60, 20]), Fitted([150, 5, 3], [150, 5, 2])], misuses:
            [
                new("the right side", static () => Tensor.Ones([3, 2]).Lstsq(Tensor.Ones([2])),
                    "lstsq: the matrix is f32[3,2], the right side f32[2,1]; expected [..., m, n] and [..., m, columns], or one vector [m]."),
                new("equal columns", static () => Tensor.Ones([3, 2]).Lstsq(Tensor.Ones([3])),
                    "lstsq: matrix 0 of f32[3,2] has a column that others add up to"),
                new("no rows", static () => Tensor.Ones([2]).Lstsq(Tensor.Ones([2])), "lstsq: the matrix is f32[2]"),
            ]),
    ];

    // The row by itself, with nothing computed before it.
    private static Input Positive => new([1, 1], new Domain(2, 4));

    private static NArray Divided(NArray a, NArray b) => Multiplying.MatMul(Matrices.Map(a, Matrices.Inverse), b);

    private static Case Row(int[] a, int[] b, bool upper, bool unit) => Case.Of([Small(a), new Input(b, Domain.Plain)],
        t => Ops.SolveTriangular.Apply(Strong(t[0]), t[1], new TriangularArgs(upper, unit)),
        t => Multiplying.MatMul(Matrices.Map(Strong(t[0]), m => Matrices.Inverse(Triangle(m, upper, unit))), t[1]), $"{upper} {unit}");

    private static Case Triangular(int[] a, int[] b, bool upper, bool left) =>
        Case.Of([Small(a), new Input(b, Domain.Plain)], t => Strong(t[0]).SolveTriangular(t[1], upper, left), t =>
        {
            var inverse = Matrices.Map(Strong(t[0]), m => Matrices.Inverse(Triangle(m, upper, unit: false)));
            if (b.Length == 1) return Multiplying.MatMul(inverse, t[1] with { Shape = [b[0], 1] }) with { Shape = b };
            return left ? Multiplying.MatMul(inverse, t[1]) : Multiplying.MatMul(t[1], inverse);
        }, $"{upper} {left}");

    // Of full rank, by threes down the diagonal.
    private static Case Fitted(int[] a, int[] b) => Case.Of([Small(a), new Input(b, Domain.Plain)],
        t => (t[0] + (3 * Tensor.Eye(Math.Max(a[^2], a[^1]), t[0].DType)[..a[^2], ..a[^1]])).Lstsq(t[1]),
        t =>
        {
            var x = NArray.Build(a, at => t[0][at] + (at[^2] == at[^1] ? 3 : 0));
            var transposed = NArray.Build([.. a[..^2], a[^1], a[^2]], at => x[[.. at[..^2], at[^1], at[^2]]]);
            return a[^2] >= a[^1]
                ? Multiplying.MatMul(Matrices.Map(Multiplying.MatMul(transposed, x), Matrices.Inverse), Multiplying.MatMul(transposed, t[1]))
                : Multiplying.MatMul(transposed, Multiplying.MatMul(Matrices.Map(Multiplying.MatMul(x, transposed), Matrices.Inverse), t[1]));
        });

    private static double[,] Triangle(double[,] m, bool upper, bool unit)
    {
        var result = new double[m.GetLength(0), m.GetLength(0)];
        for (var i = 0; i < m.GetLength(0); i++)
        {
            for (var j = 0; j < m.GetLength(0); j++) result[i, j] = unit && i == j ? 1 : (upper ? j >= i : j <= i) ? m[i, j] : 0;
        }

        return result;
    }

    private static Tensor Strong(Tensor x) => x + (3 * Tensor.Eye(x.Shape[-1], x.DType));

    private static NArray Strong(NArray x) => Matrices.Map(x, static m => Matrices.Plus(m, Matrices.Identity(m.GetLength(0)), 3));

    private static Input Small(int[] shape) => new(shape, new Domain(-1.5 / shape[^1], 1.5 / shape[^1]));

    private static Tolerance Tolerance(DType type) => type == DType.Float32 ? new(1e-5, 1e-5) : new(1e-13, 1e-13);
}
