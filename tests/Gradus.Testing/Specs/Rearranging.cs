using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What the methods that rearrange, split, repeat and pad must do.</summary>
internal static class Rearranging
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Split,
            [Pieces([5], 0, [2, 3]), Pieces([2, 6], 1, [1, 0, 3, 2]), Pieces([3, 2], 0, [3]), FirstPiece([4, 3], 0, [1, 1, 2])],
            OpSpec.AllTypes,
            misuses:
            [
                new("other sizes", static () => Tensor.Ones([5]).Split([2, 2]), "split: pieces of sizes [2,2] do not make up axis 0 of [5], which has size 5."),
                new("a negative size", static () => Tensor.Ones([5]).Split([6, -1]),
                    "split: pieces of sizes [6,-1] do not make up axis 0 of [5], which has size 5."),
                new("no size", static () => Tensor.Ones([5]).Split(0), "split: pieces of size 0; the size must be at least 1."),
                new("no pieces", static () => Tensor.Ones([5]).Chunk(0), "chunk: 0 pieces; there must be at least 1."),
                new("no such axis", static () => Tensor.Ones([5]).Unbind(1), "unbind: axis 1 is out of range for [5]; use -1 … 0."),
            ]),
        OpSpec.General(Ops.Pad,
            [
                Padded([3], [(1, 2)]), Padded([2, 3], [(0, 1), (2, 0)]), Padded([2, 2, 2], [(1, 1)]), Padded([4, 3], [(-1, 1), (2, -2)]),
                Padded([0], [(1, 1)]), Padded([3], [(-3, 0)]),
            ], OpSpec.AllTypes,
            misuses:
            [
                new("too many axes", static () => Tensor.Ones([2]).Pad([(1, 1), (1, 1)]), "pad: widths for 2 axes of f32[2], which has 1."),
                new("more cut off than there is", static () => Tensor.Ones([2]).Pad([(-2, -1)]), "pad: (-2, -1) cuts more off axis 0 of f32[2] than there is."),
                new("too far a reflection", static () => Tensor.Ones([3]).Pad([(3, 0)], PadMode.Reflect),
                    "pad: (3, 0) around axis 0 of f32[3]; Reflect can add at most 2."),
                new("too far around", static () => Tensor.Ones([3]).Pad([(0, 4)], PadMode.Circular),
                    "pad: (0, 4) around axis 0 of f32[3]; Circular can add at most 3."),
                new("nothing to repeat", static () => Tensor.Ones([0]).Pad([(0, 4)], PadMode.Replicate),
                    "pad: (0, 4) around axis 0 of f32[0]; Replicate can add at most 0."),
            ]),
        OpSpec.General(Ops.Crop, [Cropped([5], [1], [3]), Cropped([4, 3], [2, 0], [2, 2]), Cropped([2, 2], [0, 2], [2, 0])], OpSpec.AllTypes),
        Composite.Spec("PadReflect", [Extended([4], [(3, 2)], PadMode.Reflect), Extended([3, 4], [(1, 0), (0, 3)], PadMode.Reflect),
            Extended([2, 4], [(-1, 2)], PadMode.Reflect)], OpSpec.AllTypes),
        Composite.Spec("PadReplicate", [Extended([4], [(5, 2)], PadMode.Replicate), Extended([3, 2], [(1, 0), (0, 3)], PadMode.Replicate)], OpSpec.AllTypes),
        Composite.Spec("PadCircular", [Extended([4], [(4, 2)], PadMode.Circular), Extended([3, 2], [(1, 0), (2, 1)], PadMode.Circular)], OpSpec.AllTypes),
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

    // The pieces in reverse, so that every one of them is looked at, with what goes back through it.
    private static Case Pieces(int[] shape, int axis, int[] sizes) =>
        Composite.Use($"[{string.Join(",", sizes)}]", Any(shape), x => Tensor.Concat([.. x.Split(sizes, axis).Reverse()], axis), x =>
        {
            var starts = sizes.Select((_, piece) => sizes[..piece].Sum()).ToArray();
            return Moving.Concat([.. sizes.Select((size, piece) => Moving.Slice(x, new(axis, starts[piece], size, 1))).Reverse()], axis);
        });

    private static Case FirstPiece(int[] shape, int axis, int[] sizes) =>
        Composite.Use("first piece", Any(shape), x => x.Split(sizes, axis)[0], x => Moving.Slice(x, new(axis, 0, sizes[0], 1)));

    private static Case Padded(int[] shape, (int Before, int After)[] widths)
    {
        var all = Widths(shape, widths);
        int[] into = [.. shape.Zip(all, static (size, width) => size + width.Before + width.After)];
        return Case.Of(Ops.Pad, new PadArgs([.. all.Select(static width => Math.Max(width.Before, 0))], [.. into], 1), Any(shape), x =>
            Placing.FromOr(x, into, at => [.. at.Zip(all, static (place, width) => place - width.Before)], 1)) with
        {
            Apply = inputs => [inputs[0].Pad(widths, value: 1)],
        };
    }

    private static Case Cropped(int[] shape, int[] before, int[] into) => Case.Of(Ops.Crop, new CropArgs(before, [.. into]), Any(shape), x =>
        Placing.From(x, into, at => [.. at.Zip(before, static (place, start) => place + start)]));

    private static Case Extended(int[] shape, (int Before, int After)[] widths, PadMode mode)
    {
        var all = Widths(shape, widths);
        int[] into = [.. shape.Zip(all, static (size, width) => size + width.Before + width.After)];
        return Composite.Use(string.Join(" ", widths), Any(shape), x => x.Pad(widths, mode), x =>
            Placing.From(x, into, at => [.. at.Select((place, axis) => Inside(place - all[axis].Before, shape[axis], all[axis], mode))]));
    }

    // What is cut off is gone before the rest is extended.
    private static int Inside(int place, int size, (int Before, int After) width, PadMode mode)
    {
        int low = Math.Max(-width.Before, 0), high = size - 1 - Math.Max(-width.After, 0);
        return mode switch
        {
            PadMode.Reflect => place < low ? (2 * low) - place : place > high ? (2 * high) - place : place,
            PadMode.Replicate => Math.Clamp(place, low, high),
            _ => place < low ? place + size : place > high ? place - size : place,
        };
    }

    private static (int Before, int After)[] Widths(int[] shape, (int Before, int After)[] widths) =>
        [.. Enumerable.Repeat((0, 0), shape.Length - widths.Length), .. widths];

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
