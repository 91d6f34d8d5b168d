namespace Gradus.Testing.Specs;

/// <summary>What Ops.Scattering and the methods over it must do.</summary>
internal static class Segments
{
    private static readonly ScatterReduction[] Extremes = [ScatterReduction.Max, ScatterReduction.Min];

    public static IEnumerable<OpSpec> All =>
    [
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
        OpSpec.Composite("SegmentReduce",
            [.. Enum.GetValues<ScatterReduction>().Select(static reduction =>
                Case.Of([new Input([6, 2], Domain.Distinct), Input.Index([6], 3)], t => t[0].SegmentReduce(t[1], reduction, 4), a =>
                    Segmented(a[0], a[1], 4, values => Fold(reduction, values)), $"{reduction}"))],
            OpSpec.Floats,
            misuses:
            [
                new("too few numbers", static () => Tensor.Ones([3, 2]).SegmentReduce(Tensor.Of(0, 1)),
                    "segmentReduce: 2 segment numbers for axis 0 of f32[3,2], which has 3 slices; expected one for each."),
                new("past the count", static () => Tensor.Ones([2]).SegmentReduce(Tensor.Of(0, 3), count: 2),
                    "segmentReduce: index 3 is out of range for axis 0 of size 2."),
            ]),
        OpSpec.Composite("SegmentSoftmax",
            [
                Case.Of([new Input([7], Domain.Plain), Input.Index([7], 3)], static t => t[0].SegmentSoftmax(t[1]), static a => Shares(a[0], a[1], 0)),
                Case.Of([new Input([5, 2], Domain.Plain), Input.Index([5], 2)], static t => t[0].SegmentSoftmax(t[1], 4), static a => Shares(a[0], a[1], 0)),
                Case.Of([new Input([2, 5], Domain.Plain), Input.Index([5], 2)], static t => t[0].SegmentSoftmax(t[1], axis: 1),
                    static a => Shares(a[0], a[1], 1)),
            ],
            OpSpec.Floats,
            misuses: [new("a matrix of numbers", static () => Tensor.Ones([2]).SegmentSoftmax(Tensor.Of([[0L]])),
                "segmentSoftmax: the index is i64[1,1], expected one axis.")]),
    ];

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

    private static double Fold(ScatterReduction reduction, double[] values) => values.Length == 0 ? 0 : reduction switch
    {
        ScatterReduction.Sum => values.Sum(),
        ScatterReduction.Mean => values.Sum() / values.Length,
        ScatterReduction.Product => values.Aggregate(1.0, static (product, value) => product * value),
        ScatterReduction.Max => values.Max(),
        _ => values.Min(),
    };

    private static NArray Segmented(NArray x, NArray segments, int count, Func<double[], double> fold) =>
        NArray.Build(NArray.With(x.Shape, 0, count), position =>
            fold([.. Enumerable.Range(0, x.Shape[0]).Where(row => segments[row] == position[0]).Select(row => x[NArray.With(position, 0, row)])]));

    private static NArray Shares(NArray x, NArray segments, int axis) => NArray.Build(x.Shape, position =>
        Math.Exp(x[position]) / Enumerable.Range(0, x.Shape[axis]).Where(other => segments[other] == segments[position[axis]])
            .Sum(other => Math.Exp(x[NArray.With(position, axis, other)])));

    private static NArray Rows(NArray x, int start, int count) =>
        NArray.Build(NArray.With(x.Shape, 0, count), position => x[NArray.With(position, 0, position[0] + start)]);
}
