namespace Gradus.Testing.Specs;

/// <summary>What reductions over numbered segments must do.</summary>
internal static class Segments
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Composite("SegmentReduce",
            [.. Enum.GetValues<ScatterReduction>().Select(static reduction =>
                Case.Of([new Input([6, 2], Domain.Distinct), Input.Index([6], 3)], t => t[0].SegmentReduce(t[1], reduction, 4), a =>
                    Segmented(a[0], a[1], 4, values => Scattering.Fold(reduction, values)), $"{reduction}"))],
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

    private static NArray Segmented(NArray x, NArray segments, int count, Func<double[], double> fold) =>
        NArray.Build(NArray.With(x.Shape, 0, count), position =>
            fold([.. Enumerable.Range(0, x.Shape[0]).Where(row => segments[row] == position[0]).Select(row => x[NArray.With(position, 0, row)])]));

    private static NArray Shares(NArray x, NArray segments, int axis) => NArray.Build(x.Shape, position =>
        Math.Exp(x[position]) / Enumerable.Range(0, x.Shape[axis]).Where(other => segments[other] == segments[position[axis]])
            .Sum(other => Math.Exp(x[NArray.With(position, axis, other)])));
}
