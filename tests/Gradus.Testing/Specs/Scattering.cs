using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Scattering and the methods over it must do.</summary>
internal static class Scattering
{
    private static readonly ScatterReduction[] Extremes = [ScatterReduction.Max, ScatterReduction.Min];

    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.ScatterAdd, [ScatterAdded([3], 0, [5]), ScatterAdded([2, 4], 0, [3, 4]), ScatterAdded([2, 6], 1, [2, 3]),
            ScatterAdded([2, 5, 1], 1, [2, 3, 2])]),
        OpSpec.General(Ops.IndexAdd, [IndexAdded([7], 0, 5), IndexAdded([2, 4], 0, 3), IndexAdded([3, 5], 1, 4), IndexAdded([2, 4, 2], 1, 3)],
            large: [IndexAdded([4000, 33], 0, 100)]),
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
        OpSpec.General(Ops.ScatterCombine,
            [
                .. Extremes.SelectMany(static reduction => new[] { true, false }.SelectMany(includeSelf =>
                    new[] { Extreme(3, 5, 1, reduction, includeSelf), Extreme(4, 3, 4, reduction, includeSelf) })),
                Extreme(4, 0, 2, ScatterReduction.Max, false),
                .. new[] { true, false }.SelectMany(static includeSelf => new[]
                {
                    Zeros([3], 0, [6], includeSelf), Product([3], 0, [5], includeSelf), Product([2, 4], 1, [2, 3], includeSelf),
                    Product([2, 2, 3], 1, [2, 3, 2], includeSelf),
                }),
            ],
            large: [Extreme(50, 900, 70, ScatterReduction.Max, false), Product([400, 40], 0, [700, 40], true)]),
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
        OpSpec.Composite("ScatterReduce",
            [
                .. new[] { ScatterReduction.Sum, ScatterReduction.Mean }.SelectMany(static reduction => new[] { true, false }.SelectMany(includeSelf => new[]
                {
                    Reduced([3], 0, [5], reduction, includeSelf), Reduced([2, 4], 1, [2, 3], reduction, includeSelf),
                    Reduced([5, 2], 0, [3, 2], reduction, includeSelf),
                })),
            ],
            OpSpec.Floats,
            misuses:
            [
                new("past the end", static () => Tensor.Ones([2]).ScatterReduce(0, Tensor.Of(2L), Tensor.Ones([1]), ScatterReduction.Max),
                    "scatterReduce: index 2 is out of range for axis 0 of size 2."),
                new("bools", static () => Tensor.Of(true).ScatterReduce(0, Tensor.Of(0L), Tensor.Of(true), ScatterReduction.Max), "scatterReduce"),
                new("no reduction", static () => Tensor.Ones([2]).ScatterReduce(0, Tensor.Of(0L), Tensor.Ones([1]), (ScatterReduction)9),
                    "scatterReduce: 9 is no reduction; there are Sum, Mean, Product, Max, Min."),
            ]),
    ];

    private static Case ScatterAdded(int[] shape, int axis, int[] into) =>
        Case.Of(Ops.ScatterAdd, new ScatterArgs(axis, [.. into]), Any(shape), Input.Index(shape, into[axis]), (x, index) =>
            Adding.At(into, NArray.Positions(shape).Select(position => (NArray.With(position, axis, (int)index[position]), x[position]))));

    private static Case IndexAdded(int[] shape, int axis, int size) =>
        Case.Of(Ops.IndexAdd, new ScatterArgs(axis, [.. NArray.With(shape, axis, size)]), Any(shape), Input.Index([shape[axis]], size), (x, index) =>
            Adding.At(NArray.With(shape, axis, size),
                NArray.Positions(shape).Select(position => (NArray.With(position, axis, (int)index[position[axis]]), x[position]))));

    private static Case Copied(int[] shape, int axis, int count) =>
        Case.Of(Ops.IndexCopy, axis, Any(shape), Input.Index([count], shape[axis]), Any(NArray.With(shape, axis, count)), (x, index, source) =>
            Placing.Into(x, NArray.Positions(source.Shape).Select(at => (NArray.With(at, axis, (int)index[at[axis]]), source[at]))));

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

    // One input of different numbers for both, so that no two extremes are equal.
    private static Case Extreme(int size, int count, int columns, ScatterReduction reduction, bool includeSelf) => Case.Of(
        [new Input([size + count, columns], Domain.Distinct), Input.Index([count, columns], size)],
        t => Ops.ScatterCombine.Apply(t[0].Slice(0, 0, size), t[1], t[0].Slice(0, size, count), new CombineArgs(0, reduction, includeSelf)),
        a => Combined(Rows(a[0], 0, size), a[1], Rows(a[0], size, count), 0, reduction, includeSelf), $"{reduction} {includeSelf}");

    private static Case Product(int[] shape, int axis, int[] index, bool includeSelf) =>
        Case.Of(Ops.ScatterCombine, new CombineArgs(axis, ScatterReduction.Product, includeSelf),
            new Input(shape, Domain.OffGrid), Input.Index(index, shape[axis]), new Input(index, Domain.OffGrid),
            (x, places, source) => Combined(x, places, source, axis, ScatterReduction.Product, includeSelf));

    // Factors of few values, 0 among them.
    private static Case Zeros(int[] shape, int axis, int[] index, bool includeSelf)
    {
        var domain = Domain.Plain with { Grid = 1 };
        return Case.Of(Ops.ScatterCombine, new CombineArgs(axis, ScatterReduction.Product, includeSelf),
            new Input(shape, domain), Input.Index(index, shape[axis]), new Input(index, domain),
            (x, places, source) => Combined(x, places, source, axis, ScatterReduction.Product, includeSelf));
    }

    private static Case Reduced(int[] shape, int axis, int[] index, ScatterReduction reduction, bool includeSelf) =>
        Case.Of([new Input(shape, Domain.Plain), Input.Index(index, shape[axis]), new Input(index, Domain.Plain)],
            t => t[0].ScatterReduce(axis, t[1], t[2], reduction, includeSelf), a => Combined(a[0], a[1], a[2], axis, reduction, includeSelf),
            $"{reduction} {includeSelf}");

    private static NArray Combined(NArray x, NArray index, NArray source, int axis, ScatterReduction reduction, bool includeSelf) =>
        NArray.Build(x.Shape, position =>
        {
            var put = NArray.Positions(index.Shape).Where(at => NArray.With(at, axis, (int)index[at]).SequenceEqual(position))
                .Select(at => source[at]).ToArray();
            return put.Length == 0 ? x[position] : Fold(reduction, includeSelf ? [x[position], .. put] : put);
        });

    /// <summary>The reduction of some values; 0 if there are none.</summary>
    public static double Fold(ScatterReduction reduction, double[] values) => values.Length == 0 ? 0 : reduction switch
    {
        ScatterReduction.Sum => values.Sum(),
        ScatterReduction.Mean => values.Sum() / values.Length,
        ScatterReduction.Product => values.Aggregate(1.0, static (product, value) => product * value),
        ScatterReduction.Max => values.Max(),
        _ => values.Min(),
    };

    private static NArray Rows(NArray x, int start, int count) =>
        NArray.Build(NArray.With(x.Shape, 0, count), position => x[NArray.With(position, 0, position[0] + start)]);

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
