using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What the statistics composed of reductions must do.</summary>
internal static class Statistics
{
    private static readonly (int[] Shape, int[] Axes, bool Kept)[] Uses =
    [
        ([5], [], false), ([2, 3], [0], false), ([2, 3], [1], true), ([2, 3], [], false), ([2, 3, 4], [0, -1], false),
    ];

    public static IEnumerable<OpSpec> All =>
    [
        Of("Var", static (x, axes, kept) => x.Var(axes, 1, kept), static values => Variance(values, 1)),
        Of("VarOfPopulation", static (x, axes, kept) => x.Var(axes, 0, kept), static values => Variance(values, 0)),
        Of("Std", static (x, axes, kept) => x.Std(axes, 1, kept), static values => Math.Sqrt(Variance(values, 1))),
        Of("LogSumExp", static (x, axes, kept) => x.LogSumExp(axes, kept), static values => Math.Log(values.Sum(Math.Exp))),
        Of("Norm", static (x, axes, kept) => x.Norm(axes, 2, kept), static values => Math.Sqrt(values.Sum(static value => value * value)),
            [new("nothing to choose from", static () => Tensor.Ones([0]).Norm([], double.PositiveInfinity), "max: f32[0] has no elements to choose from.")]),
        Of("Norm0", static (x, axes, kept) => x.Norm(axes, 0, kept), static values => values.Count(static value => value != 0)),
        Of("Norm1", static (x, axes, kept) => x.Norm(axes, 1, kept), static values => values.Sum(Math.Abs)),
        Of("Norm3", static (x, axes, kept) => x.Norm(axes, 3, kept), static values => Math.Cbrt(values.Sum(static value => Math.Abs(value * value * value)))),
        Of("NormInfinity", static (x, axes, kept) => x.Norm(axes, double.PositiveInfinity, kept), static values => values.Max(Math.Abs)),
        Of("NormMinusInfinity", static (x, axes, kept) => x.Norm(axes, double.NegativeInfinity, kept), static values => values.Min(Math.Abs)),
    ];

    // All different, and 0.05 away from 0, where roots and absolute values have kinks.
    private static OpSpec Of(string name, Func<Tensor, int[], bool, Tensor> method, Func<double[], double> fold, Misuse[]? misuses = null) =>
        OpSpec.Composite(name,
            [.. Uses.Select(use => Case.Of([new Input(use.Shape, Domain.Distinct)], t => method(t[0] + 0.05, use.Axes, use.Kept), a =>
            {
                var axes = Axes.Of(Shape.Create(use.Shape), use.Axes, use.Kept, name);
                return Reducing.Fold(a[0] with { Values = [.. a[0].Values.Select(static value => value + 0.05)] }, axes, values => fold([.. values]));
            }, string.Join(",", use.Axes)))], OpSpec.Floats, misuses: misuses);

    private static double Variance(double[] values, double correction) =>
        values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - correction);
}
