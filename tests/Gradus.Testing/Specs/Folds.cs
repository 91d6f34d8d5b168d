using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Folds, and running results composed of other rows, must do.</summary>
internal static class Folds
{
    private static readonly (int[] Shape, uint Axes, bool Kept)[] Uses =
    [
        ([], 0, false), ([5], 1, false), ([2, 3], 1, false), ([2, 3], 2, true), ([2, 3], 3, false), ([2, 3, 4], 5, false), ([2, 2, 3, 2], 10, false),
        ([2, 3], 0, false), ([0, 2], 1, false),
    ];

    private static readonly (int[] Shape, int Axis)[] Lines = [([5], 0), ([2, 3], 0), ([2, 3], 1), ([2, 3, 4], 1), ([3, 1], 1), ([0, 3], 0)];

    public static IEnumerable<OpSpec> All =>
    [
        // On a grid that holds 0, so that the gradient is tried with none, one and several factors of 0.
        OpSpec.General(Ops.Prod, [.. Uses.Select(use => Case.Of(Ops.Prod, new Axes(use.Axes, use.Kept), new Input(use.Shape, new Domain(-1, 1) { Grid = 0.5 }),
            x => Reducing.Fold(x, new Axes(use.Axes, use.Kept), static values => values.Aggregate(1.0, static (product, value) => product * value))))],
            OpSpec.AllTypes, static type => type.IsFloat ? type : DType.Int64,
            large: [Case.Of(Ops.Prod, new Axes(2, false), new Input([70, 1001], new Domain(0.99, 1.01)),
                static x => Reducing.Fold(x, new Axes(2, false), static values => values.Aggregate(1.0, static (product, value) => product * value)))],
            misuses: [new("an axis twice", static () => Tensor.Ones([2, 3]).Prod([1, -1]), "prod: axis -1 is named twice.")]),
        Quantifier(Ops.All, static values => values.All(static value => value != 0) ? 1 : 0, nameof(Ops.All)),
        Quantifier(Ops.Any, static values => values.Any(static value => value != 0) ? 1 : 0, nameof(Ops.Any)),
        OpSpec.Composite("CountNonzero", [Case.Of([new Input([2, 3], new Domain(-1, 1) { Grid = 1 })], static t => t[0].CountNonzero(1), static a =>
            Reducing.Fold(a[0], new Axes(2, false), static values => values.Count(static value => value != 0)))], OpSpec.AllTypes, static _ => DType.Int64),
        OpSpec.General(Ops.ArgMin, [.. Lines[..4].Select(line => Case.Of(Ops.ArgMin, new AxisArgs(line.Axis, false), new Input(line.Shape, Domain.Distinct),
            x => Reducing.Along(x, new AxisArgs(line.Axis, false), static (value, best) => value < best)[1]))],
            OpSpec.AllTypes, static _ => DType.Int64,
            misuses: [new("no elements", static () => Tensor.Ones([0, 2]).ArgMin(0), "argMin: axis 0 of [0,2] has size 0; there is nothing to choose from.")]),
        OpSpec.General(Ops.CumSum, [.. Lines.SelectMany(static line => new[] { false, true }.Select(isReversed =>
            Case.Of(Ops.CumSum, new ScanArgs(line.Axis, isReversed), new Input(line.Shape, Domain.Plain), x =>
                Running(x, line.Axis, isReversed, Enumerable.Sum))))],
            OpSpec.AllTypes, static type => type.IsFloat ? type : DType.Int64,
            large: [Case.Of(Ops.CumSum, new ScanArgs(0, false), new Input([501, 130], Domain.Plain), static x => Running(x, 0, false, Enumerable.Sum)),
                Case.Of(Ops.CumSum, new ScanArgs(1, false), new Input([130, 501], Domain.Plain), static x => Running(x, 1, false, Enumerable.Sum))],
            misuses: [new("no such axis", static () => Tensor.Ones([2]).CumSum(1), "cumsum: axis 1 is out of range for [2]; use -1 … 0.")]),
        OpSpec.Composite("CumProd", [.. Lines.Select(line => Case.Of([new Input(line.Shape, new Domain(-1, 1) { Grid = 0.5 })], t => t[0].CumProd(line.Axis),
            a => Running(a[0], line.Axis, false, static values => values.Aggregate(1.0, static (product, value) => product * value))))],
            OpSpec.AllTypes, static type => type.IsFloat ? type : DType.Int64),
        OpSpec.Composite("LogCumSumExp", [.. Lines.Select(line => Case.Of([new Input(line.Shape, Domain.Plain)], t => t[0].LogCumSumExp(line.Axis),
            a => Running(a[0], line.Axis, false, static values => Math.Log(values.Sum(Math.Exp)))))], OpSpec.AllTypes, Promotion.Real),
    ];

    private static OpSpec Quantifier(UnaryOp<Axes> row, Func<IEnumerable<double>, double> fold, string name) =>
        OpSpec.General(row, [.. Uses.Select(use =>
            Case.Of(row, new Axes(use.Axes, use.Kept), new Input(use.Shape, new Domain(0, 1)), x => Reducing.Fold(x, new Axes(use.Axes, use.Kept), fold)))],
            [DType.Bool], static _ => DType.Bool, name: name);

    private static NArray Running(NArray x, int axis, bool isReversed, Func<IEnumerable<double>, double> fold) => NArray.Build(x.Shape, at =>
        fold(Enumerable.Range(0, x.Shape[axis]).Where(other => isReversed ? other >= at[axis] : other <= at[axis])
            .Select(other => x[NArray.With(at, axis, other)])));
}
