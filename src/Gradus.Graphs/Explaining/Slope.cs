using System.Globalization;

namespace Gradus.Graphs;

/// <summary>What a function looks like at a point, as far as finite differences tell.</summary>
internal enum SlopeKind
{
    Smooth,

    /// <summary>The slope changes at once, as that of a ReLU at 0: each value between the two is a subgradient.</summary>
    Kink,

    /// <summary>The value changes at once: there is no slope.</summary>
    Jump,

    /// <summary>On one side it is not defined, or infinite.</summary>
    Edge,
}

/// <summary>The slope of a function of one number by finite differences.</summary>
/// <param name="Kind">What it looks like there.</param>
/// <param name="Central">(f(x + h) − f(x − h)) / 2h.</param>
/// <param name="Below">(f(x) − f(x − h)) / h.</param>
/// <param name="Above">(f(x + h) − f(x)) / h.</param>
internal readonly record struct Slope(SlopeKind Kind, double Central, double Below, double Above)
{
    // The cube root of the rounding error, where truncation and rounding are about equal.
    private const double Step = 6e-6;

    // A second look is taken from so much nearer.
    private const double Nearer = 16;

    // Slopes on both sides that differ by more than this share are worth a second look.
    private const double Share = 1e-4;

    // A larger change within a step may be that of a jump.
    private const double Steep = 1e4;

    /// <summary>The slope of a function at a point.</summary>
    public static Slope At(Func<double, double> function, double x)
    {
        var value = function(x);
        var step = Step * Math.Max(1, Math.Abs(x));
        var slope = Measure(step);
        if (!double.IsFinite(slope.Central) && x != 0) slope = Measure(step = Step * Math.Abs(x));
        if (!double.IsFinite(value) || !double.IsFinite(slope.Central)) return slope with { Kind = SlopeKind.Edge };
        var gap = Math.Abs(slope.Above - slope.Below);
        var isSteep = Math.Abs(slope.Central) > Steep * (1 + Math.Abs(value));
        if (!isSteep && !(gap > Share * (Math.Max(Math.Abs(slope.Above), Math.Abs(slope.Below)) + Math.Abs(value)))) return slope;
        // Of a smooth function the gap shrinks with the step, at a kink it stays, at a jump it grows.
        var near = Measure(step / Nearer);
        if (isSteep && near.Central / slope.Central > 0.9 * Nearer) return slope with { Kind = SlopeKind.Jump };
        return (Math.Abs(near.Above - near.Below) / gap) switch
        {
            > 0.9 and < 1.1 => slope with { Kind = SlopeKind.Kink },
            > 0.9 * Nearer and < 1.1 * Nearer => slope with { Kind = SlopeKind.Jump },
            // A kink beside the point is out of sight from nearer.
            < 0.5 / Nearer => near,
            _ => slope,
        };

        Slope Measure(double step)
        {
            var (below, above) = (function(x - step), function(x + step));
            return new(SlopeKind.Smooth, (above - below) / (2 * step), (value - below) / step, (above - value) / step);
        }
    }

    /// <summary>What stands there instead of a slope, in words; of a smooth function nothing is to be said.</summary>
    /// <param name="gradient">The gradient that it is compared with.</param>
    public string Words(double gradient) => Kind switch
    {
        SlopeKind.Kink => $"a kink, with the slope {NumberText.Of(Rounded(Below))} below and {NumberText.Of(Rounded(Above))} above"
            + $"; {NumberText.Of(gradient)} is {(IsBetween(gradient) ? "one" : "none")} of those between",
        SlopeKind.Jump => "a jump of the value, where there is no slope",
        _ => "an edge, beyond which it is not defined",
    };

    private bool IsBetween(double gradient) => gradient >= Math.Min(Below, Above) - Share && gradient <= Math.Max(Below, Above) + Share;

    // What finite differences know: not the digits that rounding leaves.
    private static double Rounded(double slope) =>
        Math.Abs(slope) < 1e-9 ? 0 : double.Parse(slope.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
