namespace Gradus.Testing.Specs;

/// <summary>What distances between rows, and vectors brought to length 1, must be.</summary>
internal static class Distances
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Composite("Cdist",
            [
                Between([3, 2], [4, 2], 2), Between([3, 2], [4, 2], 1), Between([2, 3, 2], [2, 2], 3), Between([2, 1, 1], [1, 2, 1], 2),
                Between([0, 2], [3, 2], 2),
            ], OpSpec.Floats,
            misuses: [new("other rows", static () => Tensor.Ones([2, 3]).Cdist(Tensor.Ones([2, 2])),
                "cdist: got f32[2,3] and f32[2,2], expected [..., n, d] and [..., m, d].")]),
        OpSpec.Composite("Pdist",
            [
                Case.Of([new Input([4, 3], Domain.Plain)], static t => t[0].Pdist(), static a =>
                    new NArray([6], [.. from i in Enumerable.Range(0, 4) from j in Enumerable.Range(i + 1, 3 - i) select Distance(a[0], [i], a[0], [j], 2)])),
            ],
            OpSpec.Floats, misuses: [new("no matrix", static () => Tensor.Ones([3]).Pdist(), "pdist: got f32[3], expected a matrix [n, d].")]),
        OpSpec.Composite("Normalize",
            [.. from use in new (int[] Shape, int Axis, double P)[] { ([4], -1, 2), ([3, 2], 0, 2), ([2, 3, 2], 1, 1), ([2, 3], -1, 3) }
                select Normalized(use.Shape, use.Axis, use.P)], OpSpec.Floats,
            misuses: [new("no such axis", static () => Tensor.Ones([2]).Normalize(1), "norm: axis 1 is out of range for [2]; use -1 … 0.")]),
    ];

    private static Case Between(int[] x, int[] y, double p) =>
        Case.Of([new Input(x, Domain.OffGrid), new Input(y, Domain.OnGrid)], t => t[0].Cdist(t[1], p), a =>
            NArray.Build([.. NArray.BroadcastShape(x[..^2], y[..^2])!, x[^2], y[^2]],
                at => Distance(a[0], Row(x, at[..^2], at[^2]), a[1], Row(y, at[..^2], at[^1]), p)), $"{p}");

    private static int[] Row(int[] shape, int[] batch, int row) =>
        [.. batch[(batch.Length - shape.Length + 2)..].Select((place, axis) => shape[axis] == 1 ? 0 : place), row];

    private static double Distance(NArray x, int[] row, NArray y, int[] other, double p) =>
        Math.Pow(Enumerable.Range(0, x.Shape[^1]).Sum(k => Math.Pow(Math.Abs(x[[.. row, k]] - y[[.. other, k]]), p)), 1 / p);

    private static Case Normalized(int[] shape, int axis, double p) =>
        Case.Of([new Input(shape, Domain.OffGrid)], t => t[0].Normalize(axis, p), a => NArray.Build(shape, at =>
        {
            var along = axis < 0 ? shape.Length + axis : axis;
            return a[0][at] / Math.Pow(Enumerable.Range(0, shape[along]).Sum(k => Math.Pow(Math.Abs(a[0][NArray.With(at, along, k)]), p)), 1 / p);
        }), $"{axis} {p}");
}
