using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Functions must do.</summary>
internal static class Functions
{
    /// <summary>Above zero.</summary>
    public static readonly Domain Positive = new(0.3, 3);

    public static IEnumerable<OpSpec> All =>
    [
        Real(Ops.Exp, Math.Exp, Domain.Plain, nameof(Ops.Exp)),
        Real(Ops.Log, Math.Log, Positive, nameof(Ops.Log)),
        Real(Ops.Log1P, Log1P, new Domain(-0.7, 3), nameof(Ops.Log1P)),
        Real(Ops.Sqrt, Math.Sqrt, Positive, nameof(Ops.Sqrt)),
        Real(Ops.Relu, static x => x < 0 ? 0 : x, Domain.OffGrid, nameof(Ops.Relu)),
        Real(Ops.Sigmoid, Sigmoid, Domain.Plain, nameof(Ops.Sigmoid)),
        Real(Ops.Tanh, Math.Tanh, Domain.Plain, nameof(Ops.Tanh)),
        Real(Ops.Erf, static x => x < 0 ? Normal.Erfc(-x) - 1 : 1 - Normal.Erfc(x), Domain.Plain, nameof(Ops.Erf), Tolerance.Accumulated),
        Real(Ops.Gelu, Normal.Gelu, Domain.Plain, nameof(Ops.Gelu)),
        Real(Ops.Silu, Silu, Domain.Plain, nameof(Ops.Silu)),
        OpSpec.Elementwise(Ops.Pow, Math.Pow, Positive, Domain.Plain, OpSpec.AllTypes, Promotion.Real),
    ];

    /// <summary>log(1 + x) to the last digits: Goldberg's correction of what rounding 1 + x loses.</summary>
    public static double Log1P(double x)
    {
        var sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(x) ? x : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>1 / (1 + e⁻ˣ), by whichever form does not overflow.</summary>
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>x / (1 + e⁻ˣ), by halves where the denominator would overflow.</summary>
    private static double Silu(double x) =>
        x >= 0 || double.IsNaN(x) ? x * Sigmoid(x) : double.IsNegativeInfinity(x) ? -0.0 : x * Math.Exp(x / 2) * Math.Exp(x / 2) / (1 + Math.Exp(x));

    /// <summary>A function of real numbers: integers and bools are computed as f32.</summary>
    public static OpSpec Real(UnaryOp<None> row, Func<double, double> reference, Domain domain, string name,
        Func<DType, Tolerance>? tolerance = null, bool specials = true) =>
        OpSpec.Elementwise(row, reference, domain, types: OpSpec.AllTypes, result: Promotion.Real, specials: specials, tolerance: tolerance, name: name);
}
