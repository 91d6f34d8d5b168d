using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Rearranging, and the methods that move axes, turn, roll and repeat, must do.</summary>
internal static class Rearranging
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Flip, [Flipped([4], 0), Flipped([2, 3], 1), Flipped([2, 3, 2], 0, 2), Flipped([0, 2], 0), Flipped([])], OpSpec.AllTypes,
            misuses:
            [
                new("an axis twice", static () => Tensor.Ones([2, 3]).Flip(1, -1), "flip: axis 1 is named twice."),
                new("no such axis", static () => Tensor.Ones([2]).Flip(2), "flip: axis 2 is out of range for [2]; use -1 … 0."),
            ]),
        Composite.Spec("MoveAxis",
            [
                Moved([2, 3], static x => x.MoveAxis(0, 1), [1, 0]), Moved([2, 3, 4], static x => x.MoveAxis(2, 0), [2, 0, 1]),
                Moved([2, 3, 4, 2], static x => x.MoveAxis([0, 1], [-1, 0]), [1, 2, 3, 0]), Moved([2, 3, 4], static x => x.SwapAxes(0, 2), [2, 1, 0]),
            ],
            OpSpec.AllTypes,
            misuses:
            [
                new("lists of two lengths", static () => Tensor.Ones([2, 3]).MoveAxis([0], [0, 1]), "moveAxis: 1 axes to 2 places."),
                new("an axis twice", static () => Tensor.Ones([2, 3]).MoveAxis([0, 0], [0, 1]), "moveAxis: axis 0 to 1, but one of them is named twice."),
                new("no such axis", static () => Tensor.Ones([2, 3]).SwapAxes(0, 2), "transpose: axis 2 is out of range for [2,3]; use -2 … 1."),
            ]),
        Composite.Spec("Unflatten", [Shaped([6], static x => x.Unflatten(0, 2, 3), [2, 3]), Shaped([2, 6, 2], static x => x.Unflatten(1, -1, 2), [2, 3, 2, 2]),
            Shaped([0, 2], static x => x.Unflatten(0, -1, 2), [0, 2, 2])],
            OpSpec.AllTypes,
            misuses:
            [
                new("another product", static () => Tensor.Ones([6]).Unflatten(0, 4, 2),
                    "unflatten: [4,2] does not multiply to 6, the size of axis 0 of f32[6]."),
                new("no whole size", static () => Tensor.Ones([6]).Unflatten(0, 4, -1),
                    "unflatten: [4,-1] does not multiply to 6, the size of axis 0 of f32[6]."),
                new("two open sizes", static () => Tensor.Ones([6]).Unflatten(0, -1, -1), "unflatten: [-1,-1] leaves more than one size open."),
            ]),
        Composite.Spec("Broadcast",
            [Composite.Use("", [Any([3, 1]), Any([2])], static t => Tensor.Concat(Tensor.Broadcast(t)),
                static a => Moving.Concat([.. a.Select(static x => NArray.Build([3, 2], x.Stretched))], 0)),
                Composite.Use("", Any([3]), static x => x.BroadcastTo([2, 3]), static x => NArray.Build([2, 3], x.Stretched))],
            OpSpec.AllTypes,
            misuses: [new("shapes that do not", static () => Tensor.Broadcast(Tensor.Ones([2]), Tensor.Ones([3])), "broadcast: [2] and [3] do not broadcast")]),
        Composite.Spec("Rot90", [Turned(1), Turned(2), Turned(3), Turned(-1), Turned(4)], OpSpec.AllTypes,
            misuses: [new("an axis with itself", static () => Tensor.Ones([2, 2]).Rot90(1, 0, -2), "rot90: a turn from axis 0 to itself; name two axes.")]),
        Composite.Spec("Roll",
            [Rolled([5], 2, 0), Rolled([5], -7, 0), Rolled([2, 3], 1, 1), Rolled([0, 2], 1, 0),
                Composite.Use("all", Any([2, 3]), static x => x.Roll(2), static x => new NArray(x.Shape, [.. x.Values[^2..], .. x.Values[..^2]])),
                Composite.Use("two axes", Any([2, 3]), static x => x.Roll([1, -1], [0, 1]),
                    static x => Placing.From(x, [2, 3], static at => [(at[0] + 1) % 2, (at[1] + 1) % 3]))],
            OpSpec.AllTypes,
            misuses: [new("lists of two lengths", static () => Tensor.Ones([2]).Roll([1, 2], [0]), "roll: 2 shifts for 1 axes.")]),
        Composite.Spec("Repeat", [Repeated([3], [2]), Repeated([2, 3], [2, 1]), Repeated([2], [3, 2]), Repeated([2, 3], [2]), Repeated([2], [0]),
            Repeated([], [2, 2])], OpSpec.AllTypes,
            misuses: [new("a negative count", static () => Tensor.Ones([2]).Tile(-1), "repeat: [-1] times; a count must not be negative.")]),
        Composite.Spec("RepeatInterleave",
            [
                Composite.Use("2", Any([3]), static x => x.RepeatInterleave(2, 0), static x => Placing.From(x, [6], static at => [at[0] / 2])),
                Composite.Use("3", Any([2, 2]), static x => x.RepeatInterleave(3, 1), static x => Placing.From(x, [2, 6], static at => [at[0], at[1] / 3])),
                Composite.Use("counts", Any([3, 2]), static x => x.RepeatInterleave(Tensor.Of(1, 0, 2), 0),
                    static x => Placing.From(x, [3, 2], static at => [at[0] == 0 ? 0 : 2, at[1]])),
            ],
            OpSpec.AllTypes,
            misuses:
            [
                new("a negative count", static () => Tensor.Ones([2]).RepeatInterleave(-1, 0), "repeatInterleave: -1 times; the count must not be negative."),
                new("not one for each", static () => Tensor.Ones([2]).RepeatInterleave(Tensor.Of(1, 2, 3), 0),
                    "repeatInterleave: the counts are i32[3], expected 2 for axis 0 of f32[2], none of them negative."),
                new("counts of f32", static () => Tensor.Ones([2]).RepeatInterleave(Tensor.Ones([2]), 0),
                    "repeatInterleave: expected i32 or i64 positions, got f32[2]."),
            ]),
        Composite.Spec("MeshGrid",
            [
                Composite.Use("ij", [Any([2]), Any([3])], static t => Tensor.Stack(Tensor.MeshGrid(t)),
                    static a => NArray.Build([2, 2, 3], at => at[0] == 0 ? a[0][at[1]] : a[1][at[2]])),
                Composite.Use("xy", [Any([2]), Any([3])], static t => Tensor.Stack(Tensor.MeshGrid(t, isCartesian: true)),
                    static a => NArray.Build([2, 3, 2], at => at[0] == 0 ? a[0][at[2]] : a[1][at[1]])),
            ],
            OpSpec.AllTypes,
            misuses: [new("a matrix", static () => Tensor.MeshGrid([Tensor.Ones([2, 2])]), "meshGrid: f32[2,2]; expected vectors.")]),
    ];

    private static Case Flipped(int[] shape, params int[] axes) => Case.Of(Ops.Flip, new FlipArgs(axes), Any(shape), x =>
        Placing.From(x, shape, at => [.. at.Select((place, axis) => axes.Contains(axis) ? shape[axis] - 1 - place : place)]));

    private static Case Moved(int[] shape, Func<Tensor, Tensor> apply, int[] order) =>
        Composite.Use($"[{string.Join(",", order)}]", Any(shape), apply, x => Moving.Permute(x, order));

    private static Case Shaped(int[] shape, Func<Tensor, Tensor> apply, int[] into) => Composite.Use("", Any(shape), apply, x => new NArray(into, x.Values));

    private static Case Turned(int turns) => Composite.Use($"{turns}", Any([2, 3, 2]), x => x.Rot90(turns, 0, 1), x =>
    {
        for (var turn = 0; turn < (turns + 4) % 4; turn++)
        {
            var from = x;
            x = Placing.From(from, [from.Shape[1], from.Shape[0], 2], at => [at[1], from.Shape[1] - 1 - at[0], at[2]]);
        }

        return x;
    });

    private static Case Rolled(int[] shape, int shift, int axis) => Composite.Use($"{shift} along {axis}", Any(shape), x => x.Roll(shift, axis), x =>
        Placing.From(x, shape, at => NArray.With(at, axis, (((at[axis] - shift) % shape[axis]) + shape[axis]) % shape[axis])));

    private static Case Repeated(int[] shape, int[] counts)
    {
        var rank = Math.Max(shape.Length, counts.Length);
        int[] into = [.. Enumerable.Range(0, rank).Select(axis => At(shape, axis - rank) * At(counts, axis - rank))];
        return Composite.Use($"[{string.Join(",", counts)}]", Any(shape), x => x.Repeat(counts), x =>
            Placing.From(x, into, at => [.. shape.Select((size, axis) => at[axis + rank - shape.Length] % size)]));
        static int At(int[] sizes, int back) => sizes.Length + back < 0 ? 1 : sizes[sizes.Length + back];
    }

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
