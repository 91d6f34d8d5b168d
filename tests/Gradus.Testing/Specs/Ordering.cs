using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Ordering and the methods over it must do.</summary>
internal static class Ordering
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Sort,
            [
                Sorted([5], 0, false), Sorted([2, 4], 0, true), Sorted([2, 4], 1, false), Sorted([2, 3, 4], 1, true), Sorted([70], 0, false),
                Sorted([0, 3], 1, false), Sorted([2, 0], 1, false),
            ], OpSpec.AllTypes, large: [Sorted([80, 501], 1, true)],
            misuses: [new("a scalar", static () => Tensor.Scalar(1f).Sort(), "sort: axis -1 of a scalar, which has no axes.")]),
        OpSpec.General(Ops.TopK,
            [Top([5], 0, 2, true), Top([2, 40], 1, 3, true), Top([40, 2], 0, 5, false), Top([2, 3, 4], 1, 3, false), Top([3], 0, 0, true)],
            OpSpec.AllTypes, large: [Top([80, 501], 1, 7, true)],
            misuses:
            [
                new("too many", static () => Tensor.Ones([2, 3]).TopK(4), "topK: 4 elements of axis 1 of f32[2,3], which has 3."),
                new("no such axis", static () => Tensor.Ones([2]).TopK(1, 1), "topK: axis 1 is out of range for [2]; use -1 … 0."),
            ]),
        OpSpec.General(Ops.SearchSorted, [Found([5], [2, 3], false), Found([5], [7], true), Found([2, 4], [2, 3], true), Found([0], [3], false),
            Found([3], [], false)], OpSpec.AllTypes, static _ => DType.Int64,
            misuses: [new("other lines", static () => Tensor.Ones([2, 3]).SearchSorted(Tensor.Ones([3, 3])),
                "searchSorted: f32[3,3] in f32[2,3]; expected one sorted line, or as many as there are lines of values.")]),
        Composite.Spec("ArgSort", [Composite.Use("", Different([2, 5]), static x => x.ArgSort(), static x => Placing.Sorted(x, 1, 5, false)[1])],
            OpSpec.AllTypes, static _ => DType.Int64),
        Composite.Spec("UniqueValues", [Indexed(static x => x.Unique().Values, static (_, distinct) => new NArray([distinct.Length], distinct))],
            OpSpec.AllTypes),
        Composite.Spec("UniqueInverse", [Indexed(static x => x.Unique().Inverse, static (x, distinct) =>
            new NArray(x.Shape, [.. x.Values.Select(value => (double)Array.IndexOf(distinct, value))]))], OpSpec.AllTypes, static _ => DType.Int64),
        Composite.Spec("UniqueCounts", [Indexed(static x => x.Unique().Counts, static (x, distinct) =>
            new NArray([distinct.Length], [.. distinct.Select(value => (double)x.Values.Count(value.Equals))]))], OpSpec.AllTypes, static _ => DType.Int64),
        Composite.Spec("BinCount", [Composite.Use("", Input.Index([9], 5), static x => x.BinCount(least: 7),
            static x => NArray.Build([7], at => x.Values.Count(value => value == at[0])))], [DType.Int64],
            misuses:
            [
                new("a negative number", static () => Tensor.Of(1, -1).BinCount(), "binCount: index -1 is out of range for axis 0 of size 2."),
                new("fractions", static () => Tensor.Ones([2]).BinCount(), "binCount: expected i32 or i64 positions, got f32[2]."),
                new("other weights", static () => Tensor.Of(1, 0).BinCount(Tensor.Ones([3])),
                    "binCount: the weights are f32[3], the numbers i32[2]; expected one shape."),
            ]),
        Composite.Spec("BinCountWeighted",
            [Composite.Use("", [Any([9]), Input.Index([9], 5)], static t => t[1].BinCount(t[0], 5),
                static a => Adding.At([5], a[0].Values.Select((weight, at) => (new[] { (int)a[1][at] }, weight))))]),
        Composite.Spec("OneHot", [Composite.Use("", Input.Index([2, 3], 4), static x => x.OneHot(4),
            static x => NArray.Build([2, 3, 4], at => x[at[0], at[1]] == at[2] ? 1 : 0))], [DType.Int64], static _ => DType.Float32,
            misuses:
            [
                new("no class", static () => Tensor.Of(0, 4).OneHot(4), "oneHot: index 4 is out of range for axis 1 of size 4."),
                new("fractions", static () => Tensor.Ones([2]).OneHot(4), "oneHot: expected i32 or i64 positions, got f32[2]."),
            ]),
    ];

    private static Case Sorted(int[] shape, int axis, bool descending) =>
        Case.Of(Ops.Sort, new SortArgs(axis, descending), Different(shape), x => Placing.Sorted(x, axis, shape[axis], descending));

    private static Case Top(int[] shape, int axis, int count, bool largest) =>
        Case.Of(Ops.TopK, new TopKArgs(axis, count, largest), Different(shape), x => Placing.Sorted(x, axis, count, largest));

    // The lines are sorted on both sides: how they are drawn is not known here.
    private static Case Found(int[] sorted, int[] values, bool right) =>
        Composite.Use($"{right}", [Any(sorted), Any(values)], t => t[0].Sort().Value.SearchSorted(t[1], right), a =>
            NArray.Build(values, at => Enumerable.Range(0, sorted[^1]).Select(place => a[0][[.. sorted.Length == 1 ? [] : at[..^1], place]])
                .Count(element => right ? element <= a[1][at] : element < a[1][at])));

    private static Case Indexed(Func<Tensor, Tensor> apply, Func<NArray, double[], NArray> reference) =>
        Composite.Use("", Different([3, 4]), apply, x => reference(x, [.. x.Values.Distinct().Order()]));

    private static Input Any(int[] shape) => new(shape, Domain.OnGrid);

    private static Input Different(int[] shape) => new(shape, Domain.Distinct);
}
