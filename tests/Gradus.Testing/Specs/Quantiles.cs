using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What medians and quantiles must be.</summary>
internal static class Quantiles
{
    private static readonly (int[] Shape, int Axis, bool Kept)[] Uses = [([5], 0, false), ([4, 3], 0, true), ([3, 4], 1, false), ([2, 5, 2], 1, false)];

    public static IEnumerable<OpSpec> All =>
    [
        Of("Median", static (x, axis, kept) => x.Median(axis, kept).Value, static sorted => sorted[(sorted.Length - 1) / 2], OpSpec.Numbers,
            new Misuse("nothing", static () => Tensor.Ones([2, 0]).Median(1), "median: axis 1 of f32[2,0] has no elements to choose from.")),
        Of("NanMedian", static (x, axis, kept) => x.NanMedian(axis, kept).Value, static sorted => sorted[(sorted.Length - 1) / 2], OpSpec.Numbers),
        Of("Quantile", static (x, axis, kept) => x.Quantile(0.3, axis, kept), static sorted => Between(sorted, 0.3), null,
            new Misuse("past 1", static () => Tensor.Ones([2]).Quantile(1.5), "quantile: q is 1.5, expected a number from 0 to 1."),
            new Misuse("nothing", static () => Tensor.Ones([0]).Quantile(0.5), "quantile: axis 0 of f32[0] has no elements to choose from.")),
        Of("NanQuantile", static (x, axis, kept) => x.NanQuantile(0.85, axis, kept), static sorted => Between(sorted, 0.85), null),
        Of("QuantileLower", static (x, axis, kept) => x.Quantile(0.3, axis, kept, QuantileInterpolation.Lower),
            static sorted => sorted[(int)(0.3 * (sorted.Length - 1))], null),
        Of("QuantileHigher", static (x, axis, kept) => x.Quantile(0.3, axis, kept, QuantileInterpolation.Higher),
            static sorted => sorted[(int)Math.Ceiling(0.3 * (sorted.Length - 1))], null),
        Of("QuantileNearest", static (x, axis, kept) => x.Quantile(0.3, axis, kept, QuantileInterpolation.Nearest),
            static sorted => sorted[(int)Math.Round(0.3 * (sorted.Length - 1))], null),
        Of("QuantileMidpoint", static (x, axis, kept) => x.Quantile(0.3, axis, kept, QuantileInterpolation.Midpoint), static sorted =>
            (sorted[(int)(0.3 * (sorted.Length - 1))] + sorted[(int)Math.Ceiling(0.3 * (sorted.Length - 1))]) / 2, null),
    ];

    private static OpSpec Of(string name, Func<Tensor, int, bool, Tensor> method, Func<double[], double> fold, DType[]? types, params Misuse[] misuses) =>
        OpSpec.Composite(name,
            [.. Uses.Select(use => Case.Of([new Input(use.Shape, Domain.Distinct)], t => method(t[0], use.Axis, use.Kept), a =>
                Reducing.Fold(a[0], Axes.Of(Shape.Create(use.Shape), [use.Axis], use.Kept, name), values => fold([.. values.Order()])), $"{use.Axis}"))],
            types ?? OpSpec.Floats, misuses: misuses);

    private static double Between(double[] sorted, double q)
    {
        var place = q * (sorted.Length - 1);
        double below = sorted[(int)place], above = sorted[(int)Math.Ceiling(place)];
        return below + ((place - Math.Floor(place)) * (above - below));
    }
}
