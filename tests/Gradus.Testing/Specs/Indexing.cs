using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Indexing must do.</summary>
internal static class Indexing
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Gather, [Gathered([5], 0, [3]), Gathered([3, 4], 0, [2, 4]), Gathered([3, 4], 1, [2, 6]), Gathered([2, 3, 2], 1, [2, 5, 1]),
            Gathered([2, 3], 1, [0, 3])],
            OpSpec.AllTypes,
            misuses:
            [
                new("past the end", static () => Tensor.Ones([2, 3]).Gather(1, Tensor.Of([[3L], [0L]])),
                    "gather: index 3 is out of range for axis 1 of size 3."),
                new("another rank", static () => Tensor.Ones([2, 3]).Gather(1, Tensor.Of(0L)),
                    "gather: the index is i64[1], expected as many axes as f32[2,3]."),
                new("larger", static () => Tensor.Ones([2, 3]).Gather(1, Tensor.Zeros([3, 1], DType.Int64)),
                    "gather: the index is i64[3,1], larger than f32[2,3] along axis 0."),
                new("an index of f32", static () => Tensor.Ones([2]).Gather(0, Tensor.Ones([1])), "gather: expected i32 or i64 positions, got f32[1]."),
            ]),
        OpSpec.General(Ops.ScatterAdd, [Scattered([3], 0, [5]), Scattered([2, 4], 0, [3, 4]), Scattered([2, 6], 1, [2, 3]),
            Scattered([2, 5, 1], 1, [2, 3, 2])]),
        OpSpec.General(Ops.IndexSelect, [Chosen([5], 0, 7), Chosen([3, 4], 0, 2), Chosen([3, 4], 1, 5), Chosen([2, 3, 2], 1, 4), Chosen([2, 3], 0, 0)],
            OpSpec.AllTypes,
            large: [Chosen([100, 33], 0, 4000)],
            misuses:
            [
                new("past the end", static () => Tensor.Ones([2, 3]).IndexSelect(0, Tensor.Of(0L, -1L)),
                    "indexSelect: index -1 is out of range for axis 0 of size 2."),
                new("an index of two axes", static () => Tensor.Ones([2, 3]).IndexSelect(0, Tensor.Of([[0L]])),
                    "indexSelect: the index is i64[1,1], expected one axis."),
            ]),
        OpSpec.General(Ops.IndexAdd, [Added([7], 0, 5), Added([2, 4], 0, 3), Added([3, 5], 1, 4), Added([2, 4, 2], 1, 3)], large: [Added([4000, 33], 0, 100)]),
    ];

    private static Case Gathered(int[] shape, int axis, int[] index) => Case.Of(Ops.Gather, axis, Any(shape), Input.Index(index, shape[axis]), (x, index) =>
        NArray.Build(index.Shape, position => x[NArray.With(position, axis, (int)index[position])]));

    private static Case Scattered(int[] shape, int axis, int[] into) =>
        Case.Of(Ops.ScatterAdd, new ScatterArgs(axis, [.. into]), Any(shape), Input.Index(shape, into[axis]), (x, index) =>
            Adding.At(into, NArray.Positions(shape).Select(position => (NArray.With(position, axis, (int)index[position]), x[position]))));

    private static Case Chosen(int[] shape, int axis, int count) => Case.Of(Ops.IndexSelect, axis, Any(shape), Input.Index([count], shape[axis]), (x, index) =>
        NArray.Build(NArray.With(shape, axis, count), position => x[NArray.With(position, axis, (int)index[position[axis]])]));

    private static Case Added(int[] shape, int axis, int size) =>
        Case.Of(Ops.IndexAdd, new ScatterArgs(axis, [.. NArray.With(shape, axis, size)]), Any(shape), Input.Index([shape[axis]], size), (x, index) =>
            Adding.At(NArray.With(shape, axis, size),
                NArray.Positions(shape).Select(position => (NArray.With(position, axis, (int)index[position[axis]]), x[position]))));

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
