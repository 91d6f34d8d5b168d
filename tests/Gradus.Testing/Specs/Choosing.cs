using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What the rest of Ops.Indexing and the methods that read, write and choose at positions must do.</summary>
internal static class Choosing
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.IndexCopy, [Copied([5], 0, 3), Copied([3, 2], 0, 4), Copied([2, 3, 2], 1, 2), Copied([2, 3], 1, 0)], OpSpec.AllTypes,
            large: [Copied([100, 33], 0, 4000)],
            misuses:
            [
                new("past the end", static () => Tensor.Ones([2, 3]).IndexCopy(1, Tensor.Of(0, 3), Tensor.Ones([2, 2])),
                    "indexCopy: index 3 is out of range for axis 1 of size 3."),
                new("another shape", static () => Tensor.Ones([2, 3]).IndexCopy(0, Tensor.Of(0), Tensor.Ones([3])),
                    "indexCopy: the source is f32[3], expected [1,3] for 1 positions of axis 0 of f32[2,3]."),
                new("a matrix of positions", static () => Tensor.Ones([2]).IndexCopy(0, Tensor.Of([[0]]), Tensor.Ones([1])),
                    "indexCopy: the index is i32[1,1], expected one axis."),
                new("an index of f32", static () => Tensor.Ones([2]).IndexFill(0, Tensor.Of(0f), 1), "indexFill: expected i32 or i64 positions, got f32[1]."),
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
        Composite.Spec("Scatter", [Scattered([5], 0, [3], [3]), Scattered([3, 4], 1, [2, 6], [3, 6]), Scattered([2, 3, 2], 0, [4, 2, 1], [4, 2, 2])],
            OpSpec.AllTypes,
            misuses:
            [
                new("past the end", static () => Tensor.Ones([2, 3]).Scatter(0, Tensor.Of([[2]]), 1), "scatter: index 2 is out of range for axis 0 of size 2."),
                new("negative", static () => Tensor.Ones([2, 3]).Scatter(0, Tensor.Of([[-1]]), 1), "scatter: index -1 is out of range for axis 0 of size 2."),
                new("a small source", static () => Tensor.Ones([2]).Scatter(0, Tensor.Of(0, 1), Tensor.Ones([1])),
                    "scatter: the index is i32[2], the source f32[1], for axis 0 of f32[2]; the index must not be larger"),
                new("an index of f32", static () => Tensor.Ones([2]).Scatter(0, Tensor.Of(0f), 1), "scatter: expected i32 or i64 positions, got f32[1]."),
            ]),
        Composite.Spec("ScatterAddTo", [Accumulated([5], 0, [7], [7]), Accumulated([3, 4], 1, [2, 6], [3, 6]), Accumulated([2, 3, 2], 0, [4, 2, 1], [4, 2, 2])],
            misuses: [new("past the end", static () => Tensor.Ones([2]).ScatterAdd(0, Tensor.Of(2), Tensor.Ones([1])),
                "scatterAdd: index 2 is out of range for axis 0 of size 2.")]),
        Composite.Spec("IndexAddTo", [Added([5], 0, 7), Added([2, 3], 1, 4)],
            misuses: [new("another shape", static () => Tensor.Ones([2, 3]).IndexAdd(0, Tensor.Of(0), Tensor.Ones([3])),
                "indexAdd: the source is f32[3], expected [1,3] for 1 positions of axis 0 of f32[2,3].")]),
        Composite.Spec("IndexFill",
            [Composite.Use("", Any([2, 4]), static x => x.IndexFill(1, Tensor.Of(3, 1), 0),
                static x => NArray.Build(x.Shape, at => at[1] % 2 == 1 ? 0 : x[at]))], OpSpec.AllTypes,
            misuses: [new("past the end", static () => Tensor.Ones([2]).IndexFill(0, Tensor.Of(2), 1),
                "indexFill: index 2 is out of range for axis 0 of size 2.")]),
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
        Composite.Spec("MaskedFill", [MaskFilled([2, 3], [2, 3]), MaskFilled([2, 3], [3]), MaskFilled([4], [])], OpSpec.AllTypes,
            misuses:
            [
                new("a larger mask", static () => Tensor.Ones([3]).MaskedFill(Tensor.Zeros([2, 3], DType.Bool), 0),
                    "maskedFill: the mask is bool[2,3], which does not broadcast to f32[3]."),
                new("a mask of another size", static () => Tensor.Ones([3]).MaskedFill(Tensor.Zeros([2], DType.Bool), 0),
                    "maskedFill: [3] and [2] do not broadcast"),
                new("a mask of numbers", static () => Tensor.Ones([3]).MaskedFill(Tensor.Ones([3]), 0), "maskedFill: expected a bool mask, got f32[3]."),
            ]),
        Composite.Spec("MaskedSelect",
            [Masked("select", [2, 3], static (x, mask) => x.MaskedSelect(mask),
                static (x, places) => new NArray([places.Length], [.. places.Select(place => x.Values[place])]))], OpSpec.AllTypes,
            misuses: [new("a mask of numbers", static () => Tensor.Ones([3]).MaskedSelect(Tensor.Ones([3])),
                "maskedSelect: expected a bool mask, got f32[3].")]),
        Composite.Spec("IndexByTensors",
            [
                Read("rows", [3, 2], [2, 2], 3, static (x, i) => x[i], static (x, i) => NArray.Build([2, 2, 2], at => x[Wrap(i[at[0], at[1]], 3), at[2]])),
                Read("columns", [2, 3], [4], 3, static (x, i) => x[.., i], static (x, i) => NArray.Build([2, 4], at => x[at[0], Wrap(i[at[1]], 3)])),
                Read("neighbours", [2, 3, 3, 2], [4], 3, static (x, i) => x[.., i, i.Unsqueeze(1)],
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
                Masked("all axes", [2, 3], static (x, mask) => x[mask],
                    static (x, places) => new NArray([places.Length], [.. places.Select(place => x.Values[place])])),
                Masked("first axes", [2, 3], static (x, mask) => x.Unsqueeze(-1).Expand(2, 3, 2)[mask],
                    static (x, places) => NArray.Build([places.Length, 2], at => x.Values[places[at[0]]])),
                Masked("last axes", [2, 3], static (x, mask) => x.Unsqueeze(0)[.., mask],
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

    private static Case Copied(int[] shape, int axis, int count) =>
        Case.Of(Ops.IndexCopy, axis, Any(shape), Input.Index([count], shape[axis]), Any(NArray.With(shape, axis, count)), (x, index, source) =>
            Placing.Into(x, NArray.Positions(source.Shape).Select(at => (NArray.With(at, axis, (int)index[at[axis]]), source[at]))));

    private static Case Found(int[] shape) =>
        Case.Of(Ops.NonZero, 0, Input.Condition(shape), static x => Places(x)) with { Apply = static inputs => [inputs[0].Places()] };

    private static NArray Places(NArray x)
    {
        double[] places = [.. x.Values.Select(static (value, place) => (Value: value, Place: (double)place)).Where(static entry => entry.Value != 0)
            .Select(static entry => entry.Place)];
        return new NArray([places.Length], places);
    }

    private static Case Scattered(int[] shape, int axis, int[] index, int[] source) =>
        Composite.Use($"{axis}", [Any(shape), Input.Index(index, shape[axis]), Any(source)], t => t[0].Scatter(axis, t[1], t[2]), a =>
            Placing.Into(a[0], NArray.Positions(index).Select(at => (NArray.With(at, axis, (int)a[1][at]), a[2][at]))));

    private static Case Accumulated(int[] shape, int axis, int[] index, int[] source) =>
        Composite.Use($"{axis}", [Any(shape), Input.Index(index, shape[axis]), Any(source)], t => t[0].ScatterAdd(axis, t[1], t[2]), a =>
            Placing.Plus(a[0], Adding.At(shape, NArray.Positions(index).Select(at => (NArray.With(at, axis, (int)a[1][at]), a[2][at])))));

    private static Case Added(int[] shape, int axis, int count) =>
        Composite.Use($"{axis}", [Any(shape), Input.Index([count], shape[axis]), Any(NArray.With(shape, axis, count))],
            t => t[0].IndexAdd(axis, t[1], t[2]), a =>
                Placing.Plus(a[0], Adding.At(shape, NArray.Positions(a[2].Shape).Select(at => (NArray.With(at, axis, (int)a[1][at[axis]]), a[2][at])))));

    private static Case TakenAlong(int[] shape, int axis, int[] index) =>
        Composite.Use($"{axis}", [Any(shape), new(index, new Domain(-shape[axis], shape[axis] - 1), DType.Int64)], t => t[0].TakeAlong(axis, t[1]), a =>
        {
            var common = NArray.BroadcastShape(NArray.With(shape, axis, 1), NArray.With(index, axis, 1))!;
            return NArray.Build(NArray.With(common, axis, index[axis]), at => a[0].Stretched(NArray.With(at, axis, Wrap(a[1].Stretched(at), shape[axis]))));
        });

    private static Case MaskFilled(int[] shape, int[] mask) => Composite.Use("", [Any(shape), Input.Condition(mask)], static t => t[0].MaskedFill(t[1], 1), a =>
        NArray.Build(shape, at => a[1].Stretched(at) != 0 ? 1 : a[0][at]));

    // The mask is fixed: with it the result's shape would change.
    private static Case Masked(string label, int[] shape, Func<Tensor, Tensor, Tensor> apply, Func<NArray, int[], NArray> reference)
    {
        bool[] mask = [.. Enumerable.Range(0, shape.Aggregate(static (product, size) => product * size)).Select(static place => place % 3 != 1)];
        int[] places = [.. Enumerable.Range(0, mask.Length).Where(place => mask[place])];
        return Composite.Use(label, Any(shape), x => apply(x, Tensor.From(mask, Shape.Create(shape))), x => reference(x, places));
    }

    private static Case Read(string label, int[] shape, int[] index, int size, Func<Tensor, Tensor, Tensor> apply, Func<NArray, NArray, NArray> reference) =>
        Composite.Use(label, [Any(shape), new(index, new Domain(-size, size - 1), DType.Int64)], t => apply(t[0], t[1]), a => reference(a[0], a[1]));

    private static Case Written(string label, int[] shape, int[] values, Func<Tensor, Tensor, Tensor> apply, Func<int[], int[]> target) =>
        Composite.Use(label, [Any(shape), Any(values)], t => apply(t[0], t[1]),
            a => Placing.Into(a[0], NArray.Positions(values).Select(at => (target(at), a[1][at]))));

    private static int Wrap(double place, int size) => (int)(place < 0 ? place + size : place);

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
