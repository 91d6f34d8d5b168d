using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Exponentials must do.</summary>
internal static class Exponentials
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Real(Ops.Exp, Math.Exp, Domain.Plain),
        OpSpec.Real(Ops.Log, Math.Log, Domain.Positive),
        OpSpec.Real(Ops.Log1P, Log1P, new Domain(-0.7, 3)),
        OpSpec.Real(Ops.Sqrt, Math.Sqrt, Domain.Positive),
        OpSpec.Real(Ops.Erf, static x => x < 0 ? Normal.Erfc(-x) - 1 : 1 - Normal.Erfc(x), Domain.Plain, Tolerance.Accumulated),
        OpSpec.Elementwise(Ops.Pow, Math.Pow, Domain.Positive, Domain.Plain, OpSpec.AllTypes, Promotion.Real),
        OpSpec.Real(Ops.Exp2, static x => Math.Pow(2, x), Domain.Plain),
        OpSpec.Real(Ops.ExpM1, ExpM1, Domain.Plain),
        OpSpec.Real(Ops.Log2, static x => Math.Log2(x), Domain.Positive, Tolerance.Accumulated),
        OpSpec.Real(Ops.Log10, static x => Math.Log10(x), Domain.Positive, Tolerance.Accumulated),
        OpSpec.Real(Ops.Rsqrt, static x => 1 / Math.Sqrt(x), Domain.Positive),
        OpSpec.Real(Ops.Reciprocal, static x => 1 / x, Domain.Positive),
        OpSpec.Real(Ops.Erfc, Normal.Erfc, Domain.Plain),
        OpSpec.Elementwise(Ops.LogAddExp, LogAddExp, Domain.Plain, Domain.Plain, OpSpec.AllTypes, Promotion.Real, tolerance: Tolerance.Accumulated),
        OpSpec.Elementwise(Ops.XLogY, static (x, y) => x == 0 && !double.IsNaN(y) ? 0 : x * Math.Log(y), Domain.OffGrid, Domain.Positive,
            OpSpec.AllTypes, Promotion.Real),
        OpSpec.Elementwise(Ops.Hypot, static (x, y) => double.Hypot(x, y), Domain.OffGrid, Domain.Positive, OpSpec.AllTypes, Promotion.Real),
    ];

    /// <summary>log(1 + x) to the last digits: Goldberg's correction of what rounding 1 + x loses.</summary>
    public static double Log1P(double x)
    {
        var sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(x) ? x : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>eˣ − 1 to the last digits: Kahan's correction of what rounding eˣ loses.</summary>
    public static double ExpM1(double x)
    {
        var power = Math.Exp(x);
        if (power == 1) return x;
        return Math.Abs(x) < 1 ? (power - 1) * x / Math.Log(power) : power - 1;
    }

    private static double LogAddExp(double x, double y) => x == y ? x + Math.Log(2) : Math.Max(x, y) + Log1P(Math.Exp(-Math.Abs(x - y)));
}
