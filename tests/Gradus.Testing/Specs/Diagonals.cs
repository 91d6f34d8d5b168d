using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Diagonals, and the triangles of a matrix, must do.</summary>
internal static class Diagonals
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Diagonal,
            [
                Diagonal([3, 3], 0, 0, 1), Diagonal([2, 4], 1, 0, 1), Diagonal([4, 2], -2, 0, 1), Diagonal([2, 3, 4], -1, 2, 0), Diagonal([2, 3, 3], 1, 1, 2),
                Diagonal([2, 3], 5, 0, 1), Diagonal([2, 3], -5, 0, 1),
            ], OpSpec.AllTypes,
            misuses:
            [
                new("an axis with itself", static () => Tensor.Ones([2, 2]).Diagonal(0, 1, -1), "diagonal: axis 1 with itself; name two axes."),
                new("a vector", static () => Tensor.Ones([2]).Diagonal(), "diagonal: axis 1 is out of range for [2]; use -1 … 0."),
            ]),
        OpSpec.General(Ops.DiagonalEmbed,
            [Embedded([3], 0, -2, -1), Embedded([2], 2, -2, -1), Embedded([2, 2], -1, -2, -1), Embedded([3, 2], 1, 2, 0)], OpSpec.AllTypes,
            misuses:
            [
                new("a scalar", static () => Tensor.Scalar(1f).DiagEmbed(), "diagEmbed: a scalar has no axis to lay on a diagonal."),
                new("an axis with itself", static () => Tensor.Ones([2]).DiagEmbed(0, 0, 0), "diagEmbed: axis 0 with itself; name two axes."),
                new("neither vector nor matrix", static () => Tensor.Ones([1, 1, 1]).Diag(),
                    "diag: f32[1,1,1] is neither a vector nor a matrix. Use Diagonal or DiagEmbed."),
            ]),
        Composite.Spec("Tril", [Triangle([3, 3], 0, true), Triangle([2, 2, 4], 1, true), Triangle([4, 2], -1, true)], OpSpec.AllTypes,
            misuses: [new("a vector", static () => Tensor.Ones([2]).Tril(), "tril: f32[2] has no rows and columns; expected at least two axes.")]),
        Composite.Spec("Triu", [Triangle([3, 3], 0, false), Triangle([2, 2, 4], 1, false), Triangle([4, 2], -1, false)], OpSpec.AllTypes,
            misuses: [new("a vector", static () => Tensor.Ones([2]).Triu(), "triu: f32[2] has no rows and columns; expected at least two axes.")]),
    ];

    private static Case Diagonal(int[] shape, int offset, int axis0, int axis1) =>
        Case.Of(Ops.Diagonal, new DiagonalArgs(offset, axis0, axis1), Any(shape), x =>
        {
            var length = Enumerable.Range(0, shape[axis0]).Count(row => row + offset >= 0 && row + offset < shape[axis1]);
            int[] rest = [.. Enumerable.Range(0, shape.Length).Where(axis => axis != axis0 && axis != axis1)];
            return Placing.From(x, [.. rest.Select(axis => shape[axis]), length], at =>
            {
                var from = new int[shape.Length];
                for (var axis = 0; axis < rest.Length; axis++) from[rest[axis]] = at[axis];
                from[axis0] = at[^1] + Math.Max(-offset, 0);
                from[axis1] = from[axis0] + offset;
                return from;
            });
        });

    private static Case Embedded(int[] shape, int offset, int axis0, int axis1)
    {
        var rank = shape.Length + 1;
        var (row, column) = ((axis0 + rank) % rank, (axis1 + rank) % rank);
        var side = shape[^1] + Math.Abs(offset);
        int[] others = [.. Enumerable.Range(0, rank).Where(axis => axis != row && axis != column)];
        var into = new int[rank];
        (into[row], into[column]) = (side, side);
        for (var axis = 0; axis < others.Length; axis++) into[others[axis]] = shape[axis];
        return Case.Of(Ops.DiagonalEmbed, new EmbedDiagonalArgs(new DiagonalArgs(offset, row, column), [.. into]), Any(shape), x => NArray.Build(into, at =>
            at[column] - at[row] == offset ? x[[.. others.Select(axis => at[axis]), Math.Min(at[row], at[column])]] : 0)) with
        {
            Apply = inputs => [inputs[0].DiagEmbed(offset, axis0, axis1)],
        };
    }

    private static Case Triangle(int[] shape, int diagonal, bool isLower) =>
        Composite.Use($"{diagonal}", Any(shape), x => isLower ? x.Tril(diagonal) : x.Triu(diagonal), x =>
            NArray.Build(shape, at => (isLower ? at[^1] - at[^2] <= diagonal : at[^1] - at[^2] >= diagonal) ? x[at] : 0));

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
