using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Exponentials must do.</summary>
internal static class Exponentials
{
    public static IEnumerable<OpSpec> All =>
    [
        Functions.Real(Ops.Exp2, static x => Math.Pow(2, x), Domain.Plain, nameof(Ops.Exp2)),
        Functions.Real(Ops.ExpM1, ExpM1, Domain.Plain, nameof(Ops.ExpM1)),
        Functions.Real(Ops.Log2, static x => Math.Log2(x), Functions.Positive, nameof(Ops.Log2), Tolerance.Accumulated),
        Functions.Real(Ops.Log10, static x => Math.Log10(x), Functions.Positive, nameof(Ops.Log10), Tolerance.Accumulated),
        Functions.Real(Ops.Rsqrt, static x => 1 / Math.Sqrt(x), Functions.Positive, nameof(Ops.Rsqrt)),
        Functions.Real(Ops.Reciprocal, static x => 1 / x, Functions.Positive, nameof(Ops.Reciprocal)),
        Functions.Real(Ops.Erfc, Normal.Erfc, Domain.Plain, nameof(Ops.Erfc)),
        OpSpec.Elementwise(Ops.LogAddExp, LogAddExp, Domain.Plain, Domain.Plain, OpSpec.AllTypes, Promotion.Real, tolerance: Tolerance.Accumulated),
        OpSpec.Elementwise(Ops.XLogY, static (x, y) => x == 0 && !double.IsNaN(y) ? 0 : x * Math.Log(y), Domain.OffGrid, Functions.Positive,
            OpSpec.AllTypes, Promotion.Real),
        OpSpec.Elementwise(Ops.Hypot, static (x, y) => double.Hypot(x, y), Domain.OffGrid, Functions.Positive, OpSpec.AllTypes, Promotion.Real),
    ];

    /// <summary>eˣ − 1 to the last digits: Kahan's correction of what rounding eˣ loses.</summary>
    public static double ExpM1(double x)
    {
        var power = Math.Exp(x);
        if (power == 1) return x;
        return Math.Abs(x) < 1 ? (power - 1) * x / Math.Log(power) : power - 1;
    }

    private static double LogAddExp(double x, double y) => x == y ? x + Math.Log(2) : Math.Max(x, y) + Functions.Log1P(Math.Exp(-Math.Abs(x - y)));
}
