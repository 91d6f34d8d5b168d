using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Reductions must do.</summary>
internal static class Reductions
{
    private static readonly (int[] Shape, uint Axes, bool Kept)[] Uses =
    [
        ([], 0, false), ([5], 1, false), ([2, 3], 1, false), ([2, 3], 2, true), ([2, 3], 3, false), ([2, 3, 4], 5, false), ([2, 3, 4], 2, true),
        ([2, 2, 3, 2], 10, false), ([2, 3], 0, false),
    ];

    private static readonly (int[] Shape, int Axis, bool Kept)[] Along =
    [
        ([5], 0, false), ([2, 3], 0, true), ([2, 3], 1, false), ([2, 3, 4], 1, false), ([70, 3], 0, false), ([0, 3], 1, false),
    ];

    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Sum,
            [.. Uses.Select(use => Case.Of(Ops.Sum, Args(use), Any(use.Shape), x => Reducing.Fold(x, Args(use), Enumerable.Sum))),
                Case.Of(Ops.Sum, new Axes(1, false), Any([0, 2]), static x => Reducing.Fold(x, new Axes(1, false), Enumerable.Sum))],
            OpSpec.AllTypes, static type => type.IsFloat ? type : DType.Int64,
            large: [Case.Of(Ops.Sum, new Axes(2, false), Any([70, 3001]), static x => Reducing.Fold(x, new Axes(2, false), Enumerable.Sum)),
                Case.Of(Ops.Sum, new Axes(1, false), Any([3001, 70]), static x => Reducing.Fold(x, new Axes(1, false), Enumerable.Sum)),
                Case.Of(Ops.Sum, new Axes(1, false), Any([200_003]), static x => Reducing.Fold(x, new Axes(1, false), Enumerable.Sum))],
            misuses:
            [
                new("an axis twice", static () => Tensor.Ones([2, 3]).Sum([0, -2]), "sum: axis -2 is named twice."),
                new("no such axis", static () => Tensor.Ones([2, 3]).Sum(2), "sum: axis 2 is out of range for [2,3]; use -2 … 1."),
            ]),
        OpSpec.General(Ops.Mean,
            [.. Uses.Select(use => Case.Of(Ops.Mean, Args(use), Any(use.Shape), x => Reducing.Fold(x, Args(use), Enumerable.Average)))],
            OpSpec.AllTypes, Promotion.Real,
            misuses: [new("an axis of a scalar", static () => Tensor.Scalar(1f).Mean(0), "mean: axis 0 of a scalar, which has no axes.")]),
        OpSpec.General(Ops.Max,
            [.. Uses.Select(use => Case.Of(Ops.Max, Args(use), Different(use.Shape), x => Reducing.Fold(x, Args(use), Enumerable.Max)))],
            OpSpec.AllTypes,
            misuses: [new("no elements", static () => Tensor.Ones([0, 2]).Max(), "max: f32[0,2] has no elements to choose from.")]),
        OpSpec.General(Ops.Min,
            [.. Uses.Select(use => Case.Of(Ops.Min, Args(use), Different(use.Shape), x => Reducing.Fold(x, Args(use), Enumerable.Min)))],
            OpSpec.AllTypes,
            misuses: [new("no elements", static () => Tensor.Ones([0, 2]).Min(), "min: f32[0,2] has no elements to choose from.")]),
        OpSpec.General(Ops.MaxAlong,
            [.. Along.Select(use => Case.Of(Ops.MaxAlong, Args(use), Different(use.Shape),
                x => Reducing.Along(x, Args(use), static (value, best) => value > best)))],
            OpSpec.AllTypes,
            large: [Case.Of(Ops.MaxAlong, new AxisArgs(1, false), Different([70, 1001]),
                static x => Reducing.Along(x, new AxisArgs(1, false), static (value, best) => value > best))],
            misuses: [new("no elements", static () => Tensor.Ones([0, 2]).Max(0), "max: axis 0 of [0,2] has size 0; there is nothing to choose from.")]),
        OpSpec.General(Ops.MinAlong,
            [.. Along.Select(use => Case.Of(Ops.MinAlong, Args(use), Different(use.Shape),
                x => Reducing.Along(x, Args(use), static (value, best) => value < best)))],
            OpSpec.AllTypes,
            misuses: [new("no elements", static () => Tensor.Ones([0, 2]).Min(0), "min: axis 0 of [0,2] has size 0; there is nothing to choose from.")]),
        OpSpec.General(Ops.ArgMax,
            [.. Along.Select(use => Case.Of(Ops.ArgMax, Args(use), Different(use.Shape),
                x => Reducing.Along(x, Args(use), static (value, best) => value > best)[1]))],
            OpSpec.AllTypes, static _ => DType.Int64,
            misuses: [new("no elements", static () => Tensor.Ones([0, 2]).ArgMax(0), "argMax: axis 0 of [0,2] has size 0; there is nothing to choose from.")]),
    ];

    private static Axes Args((int[] Shape, uint Axes, bool Kept) use) => new(use.Axes, use.Kept);

    private static AxisArgs Args((int[] Shape, int Axis, bool Kept) use) => new(use.Axis, use.Kept);

    private static Input Any(int[] shape) => new(shape, Domain.Plain);

    private static Input Different(int[] shape) => new(shape, Domain.Distinct);
}
