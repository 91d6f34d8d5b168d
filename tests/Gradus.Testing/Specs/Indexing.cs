using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Indexing, and the methods that read and write at positions, must do.</summary>
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
        OpSpec.General(Ops.Positions, [Case.Of(Ops.Positions, new PositionArgs("index", 0, 4, true), Input.Index([2, 3], 4), static x => x),
                Case.Of(Ops.Positions, new PositionArgs("index", 0, 4, true), new Input([5], new Domain(-4, 3), DType.Int64),
                    static x => new NArray(x.Shape, [.. x.Values.Select(static place => place < 0 ? place + 4 : place)]))],
            [DType.Int64],
            misuses:
            [
                new("before the start", static () => _ = Tensor.Ones([2, 3])[.., Tensor.Of(-4)], "index: index -4 is out of range for axis 1 of size 3."),
                new("past the end", static () => _ = Tensor.Ones([2, 3])[Tensor.Of(2)], "index: index 2 is out of range for axis 0 of size 2."),
            ]),
        OpSpec.General(Ops.NonZero, [Found([5]), Found([2, 3]), Found([0])], [DType.Bool], static _ => DType.Int64),
        OpSpec.General(Ops.Unravel, [Case.Of(Ops.Unravel, [2, 3, 4], Input.Index([5], 24),
            static x => NArray.Build([5, 3], at => new[] { (int)x[at[0]] / 12, (int)x[at[0]] / 4 % 3, (int)x[at[0]] % 4 }[at[1]]))],
            [DType.Int64],
            misuses: [new("past the end", static () => Tensor.Of(6).UnravelIndex([2, 3]), "unravelIndex: index 6 is out of range for axis 0 of size 6.")]),
        Composite.Spec("Take",
            [Composite.Use("", [Any([3, 4]), new([2, 3], new Domain(-12, 11), DType.Int64)], static t => t[0].Take(t[1]),
                static a => NArray.Build([2, 3], at => a[0].Values[((int)a[1][at] + 12) % 12]))], OpSpec.AllTypes,
            misuses: [new("past the end", static () => Tensor.Ones([2, 3]).Take(Tensor.Of(6)), "take: index 6 is out of range for axis 0 of size 6.")]),
        Composite.Spec("TakeAlong", [TakenAlong([3, 4], 0, [2, 4]), TakenAlong([3, 4], 1, [1, 2]), TakenAlong([1, 3, 2], 1, [2, 4, 1])], OpSpec.AllTypes,
            misuses:
            [
                new("another rank", static () => Tensor.Ones([2, 3]).TakeAlong(0, Tensor.Of(0)),
                    "takeAlong: the index is i32[1], expected as many axes as f32[2,3]."),
                new("sizes that do not broadcast", static () => Tensor.Ones([2, 3]).TakeAlong(0, Tensor.Of([[0, 0]])),
                    "takeAlong: [1,3] and [1,2] do not broadcast"),
            ]),
        Composite.Spec("IndexByTensors",
            [
                Read("rows", [3, 2], [2, 2], 3, static (x, i) => x[i], static (x, i) => NArray.Build([2, 2, 2], at => x[Wrap(i[at[0], at[1]], 3), at[2]])),
                Read("columns", [2, 3], [4], 3, static (x, i) => x[.., i], static (x, i) => NArray.Build([2, 4], at => x[at[0], Wrap(i[at[1]], 3)])),
                Read("neighbors", [2, 3, 3, 2], [4], 3, static (x, i) => x[.., i, i.Unsqueeze(1)],
                    static (x, i) => NArray.Build([2, 4, 4, 2], at => x[at[0], Wrap(i[at[2]], 3), Wrap(i[at[1]], 3), at[3]])),
                Read("apart", [3, 2, 3], [4], 3, static (x, i) => x[i, .., i],
                    static (x, i) => NArray.Build([4, 2], at => x[Wrap(i[at[0]], 3), at[1], Wrap(i[at[0]], 3)])),
                Read("with views", [2, 3, 4], [2], 3, static (x, i) => x[^1, i, TensorIndex.NewAxis, (1..).By(2)],
                    static (x, i) => NArray.Build([2, 1, 2], at => x[1, Wrap(i[at[0]], 3), 1 + (2 * at[2])])),
                Read("a scalar", [3, 2], [], 3, static (x, i) => x[i], static (x, i) => NArray.Build([2], at => x[Wrap(i.Values[0], 3), at[0]])),
                Read("none", [3, 2], [0], 3, static (x, i) => x[i], static (_, _) => new NArray([0, 2], [])),
            ],
            OpSpec.AllTypes,
            misuses:
            [
                new("an index of f32", static () => _ = Tensor.Ones([2])[Tensor.Of(0f)], "index: expected i32 or i64 positions, or a bool mask, got f32[1]."),
                new("a mask of another shape", static () => _ = Tensor.Ones([2, 3])[Tensor.Of(true, false, true)],
                    "index: the mask is bool[3], expected bool[2] to choose from axis 0 on of f32[2,3]."),
                new("indices that do not broadcast", static () => _ = Tensor.Ones([2, 3])[Tensor.Of(0, 1), Tensor.Of(0, 1, 2)],
                    "index: [2] and [3] do not broadcast"),
            ]),
        Composite.Spec("IndexByMask",
            [
                Masks.Masked("all axes", [2, 3], static (x, mask) => x[mask],
                    static (x, places) => new NArray([places.Length], [.. places.Select(place => x.Values[place])])),
                Masks.Masked("first axes", [2, 3], static (x, mask) => x.Unsqueeze(-1).Expand(2, 3, 2)[mask],
                    static (x, places) => NArray.Build([places.Length, 2], at => x.Values[places[at[0]]])),
                Masks.Masked("last axes", [2, 3], static (x, mask) => x.Unsqueeze(0)[.., mask],
                    static (x, places) => new NArray([1, places.Length], [.. places.Select(place => x.Values[place])])),
            ],
            OpSpec.AllTypes),
        Composite.Spec("IndexPut",
            [
                Written("block", [3, 4], [2, 2], static (x, v) => x.IndexPut([1.., (..).By(3)], v), static at => [1 + at[0], 3 * at[1]]),
                Written("rows", [3, 2], [4, 2], static (x, v) => x.IndexPut([Tensor.Of(2, 0, -1, 0)], v), static at => [new[] { 2, 0, 2, 0 }[at[0]], at[1]]),
                Written("column", [3, 2], [3], static (x, v) => x.IndexPut([TensorIndex.Ellipsis, ^1], v), static at => [at[0], 1]),
                Written("mask", [2, 2], [2], static (x, v) => x.IndexPut([Tensor.Of([[false, true], [true, false]])], v), static at => [at[0], 1 - at[0]]),
                Written("broadcast", [2, 3], [], static (x, v) => x.IndexPut([0, 1..2], v), static _ => [0, 1]),
            ],
            OpSpec.AllTypes,
            misuses:
            [
                new("values that do not fit", static () => Tensor.Ones([2, 3]).IndexPut([0], Tensor.Ones([2, 3])),
                    "indexPut: the values are f32[2,3], the part of f32[2,3] is [3]."),
                new("past the end", static () => Tensor.Ones([2, 3]).IndexPut([2], Tensor.Ones([3])), "index: index 2 is out of range for axis 0 of size 2."),
            ]),
        Composite.Spec("IndexPutAccumulate",
            [Composite.Use("", [Any([3, 2]), Any([4, 2])], static t => t[0].IndexPut([Tensor.Of(2, 0, -1, 2)], t[1], accumulate: true), static a =>
                Placing.Plus(a[0], Adding.At([3, 2], NArray.Positions([4, 2]).Select(at => (new[] { new[] { 2, 0, 2, 2 }[at[0]], at[1] }, a[1][at])))))]),
    ];

    private static Case Gathered(int[] shape, int axis, int[] index) => Case.Of(Ops.Gather, axis, Any(shape), Input.Index(index, shape[axis]), (x, index) =>
        NArray.Build(index.Shape, position => x[NArray.With(position, axis, (int)index[position])]));

    private static Case Chosen(int[] shape, int axis, int count) => Case.Of(Ops.IndexSelect, axis, Any(shape), Input.Index([count], shape[axis]), (x, index) =>
        NArray.Build(NArray.With(shape, axis, count), position => x[NArray.With(position, axis, (int)index[position[axis]])]));

    private static Case Found(int[] shape) =>
        Case.Of(Ops.NonZero, 0, Input.Condition(shape), static x => Places(x)) with { Apply = static inputs => [inputs[0].Places()] };

    private static NArray Places(NArray x)
    {
        double[] places = [.. x.Values.Select(static (value, place) => (Value: value, Place: (double)place)).Where(static entry => entry.Value != 0)
            .Select(static entry => entry.Place)];
        return new NArray([places.Length], places);
    }

    private static Case TakenAlong(int[] shape, int axis, int[] index) =>
        Composite.Use($"{axis}", [Any(shape), new(index, new Domain(-shape[axis], shape[axis] - 1), DType.Int64)], t => t[0].TakeAlong(axis, t[1]), a =>
        {
            var common = NArray.BroadcastShape(NArray.With(shape, axis, 1), NArray.With(index, axis, 1))!;
            return NArray.Build(NArray.With(common, axis, index[axis]), at => a[0].Stretched(NArray.With(at, axis, Wrap(a[1].Stretched(at), shape[axis]))));
        });

    private static Case Read(string label, int[] shape, int[] index, int size, Func<Tensor, Tensor, Tensor> apply, Func<NArray, NArray, NArray> reference) =>
        Composite.Use(label, [Any(shape), new(index, new Domain(-size, size - 1), DType.Int64)], t => apply(t[0], t[1]), a => reference(a[0], a[1]));

    private static Case Written(string label, int[] shape, int[] values, Func<Tensor, Tensor, Tensor> apply, Func<int[], int[]> target) =>
        Composite.Use(label, [Any(shape), Any(values)], t => apply(t[0], t[1]),
            a => Placing.Into(a[0], NArray.Positions(values).Select(at => (target(at), a[1][at]))));

    private static int Wrap(double place, int size) => (int)(place < 0 ? place + size : place);

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
