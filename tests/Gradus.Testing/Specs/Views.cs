using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Views must do.</summary>
internal static class Views
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Reshape,
            [Reshaped([2, 3], [3, 2]), Reshaped([2, 3, 4], [4, 6]), Reshaped([1], []), Reshaped([], [1, 1]), Reshaped([0, 3], [3, 0, 2])],
            OpSpec.AllTypes,
            misuses:
            [
                new("another number of elements", static () => Tensor.Ones([2, 3]).Reshape(4), "reshape: f32[2,3] has 6 elements, [4] has 4."),
                new("no whole size", static () => Tensor.Ones([2, 3]).Reshape(4, -1), "reshape: f32[2,3] cannot be laid out as [4,-1]."),
                new("two open sizes", static () => Tensor.Ones([2, 3]).Reshape(-1, -1), "reshape: f32[2,3] cannot be laid out as [-1,-1]."),
            ]),
        OpSpec.General(Ops.Permute,
            [Permuted([2, 3], [1, 0]), Permuted([2, 3, 4], [2, 0, 1]), Permuted([2, 1, 3, 2], [3, 1, 0, 2]), Permuted([], []), Permuted([0, 2], [1, 0])],
            OpSpec.AllTypes,
            misuses:
            [
                new("an axis twice", static () => Tensor.Ones([2, 3]).Permute(0, 0), "permute: [0,0] does not name each of the 2 axes of [2,3] once."),
                new("no such axis", static () => Tensor.Ones([2, 3]).Transpose(0, 2), "transpose: axis 2 is out of range for [2,3]; use -2 … 1."),
            ]),
        OpSpec.General(Ops.Identity, [Case.Of(Ops.Identity, default(None), Any([2, 3]), static x => x)], OpSpec.AllTypes),
        OpSpec.General(Ops.Expand,
            [Expanded([3], [2, 3]), Expanded([2, 1], [2, 4]), Expanded([], [2, 2]), Expanded([1, 3, 1], [2, 2, 3, 2]), Expanded([1, 3], [0, 3])],
            OpSpec.AllTypes,
            misuses: [new("a size that does not stretch", static () => Tensor.Ones([3]).Expand(6),
                "expand: [3] and [6] do not broadcast: sizes 3 and 6 differ and neither is 1.")]),
        OpSpec.General(Ops.Slice,
            [Sliced([5], new(0, 1, 3, 1)), Sliced([4, 6], new(1, 1, 3, 2)), Sliced([4, 3, 2], new(0, 0, 2, 3)), Sliced([3, 2], new(0, 3, 0, 1))],
            OpSpec.AllTypes,
            misuses:
            [
                new("past the end", static () => Tensor.Ones([4]).Slice(0, 2, 3), "slice: 3 positions from 2 in steps of 1 do not lie inside axis 0 of [4]."),
                new("backwards", static () => Tensor.Ones([4]).Slice(0, 2, 2, -1), "slice: 2 positions from 2 in steps of -1 do not lie inside axis 0 of [4]."),
            ]),
        OpSpec.General(Ops.Select,
            [Selected([5], 0, 4), Selected([3, 4], 0, 1), Selected([3, 4], 1, 2), Selected([2, 0, 3], 2, 1)],
            OpSpec.AllTypes,
            misuses: [new("past the end", static () => _ = Tensor.Ones([2, 3])[2], "index: index 2 is out of range for axis 0 of size 2.")]),
        OpSpec.General(Ops.Embed,
            [Embedded([3], new(0, 1, 3, 1), [5]), Embedded([4, 3], new(1, 1, 3, 2), [4, 7]), Embedded([0], new(0, 2, 0, 1), [3])],
            OpSpec.AllTypes),
    ];

    // By the method, which first copies what no strides can show under the other shape: the row itself is a view.
    private static Case Reshaped(int[] from, int[] to) =>
        Case.Of(Ops.Reshape, [.. to], Any(from), x => new NArray(to, x.Values)) with { Apply = inputs => [inputs[0].Reshape(to)] };

    private static Case Permuted(int[] shape, int[] order) => Case.Of(Ops.Permute, new PermuteArgs(order), Any(shape), x => Moving.Permute(x, order));

    private static Case Expanded(int[] from, int[] to) => Case.Of(Ops.Expand, [.. to], Any(from), x => NArray.Build(to, x.Stretched));

    private static Case Sliced(int[] shape, SliceArgs args) => Case.Of(Ops.Slice, args, Any(shape), x => Moving.Slice(x, args));

    private static Case Selected(int[] shape, int axis, int index) =>
        Case.Of(Ops.Select, new SelectArgs(axis, index), Any(shape), x => Moving.Select(x, axis, index));

    private static Case Embedded(int[] shape, SliceArgs slice, int[] into) =>
        Case.Of(Ops.Embed, new EmbedArgs(slice, [.. into]), Any(shape), x => Moving.Embed(x, slice, into));

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
