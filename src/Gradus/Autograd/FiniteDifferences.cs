namespace Gradus;

/// <summary>The derivative of a function of one number by differences, and the judgment over one that does not agree.</summary>
/// <param name="f">The function; 0 is where the derivative is wanted.</param>
/// <param name="step">The distance h.</param>
internal sealed class FiniteDifferences(Func<double, double> f, double step)
{
    /// <summary>(f(h) − f(−h)) / 2h.</summary>
    public double Central(double scale = 1) => (f(step * scale) - f(-step * scale)) / (2 * step * scale);

    /// <summary>Why a derivative differs from <see cref="Central"/>.</summary>
    /// <param name="derivative">The derivative in question.</param>
    /// <param name="tolerance">The largest relative difference that counts as equal.</param>
    /// <remarks>
    /// A smooth function's slopes on both sides differ by h·f″, which falls with h; those of a kink do not. Values that rounding or randomness moves give
    /// differences that scatter by as much as they are off.
    /// </remarks>
    public GradientVerdict Judge(double derivative, double tolerance)
    {
        if (!double.IsFinite(derivative)) return GradientVerdict.Wrong;
        var allowed = tolerance * Math.Max(1, Math.Abs(derivative));
        double center = f(0), again = f(0);
        if (center != again && !(double.IsNaN(center) && double.IsNaN(again))) return GradientVerdict.Noise;

        var error = Math.Abs(derivative - Central());
        if (error <= allowed + (4 * Rounding(center))) return GradientVerdict.Noise;

        // A kink here: slopes that differ from side to side, but stay what they are nearer by.
        var (farBelow, farAbove) = Slopes(1);
        var (below, above) = Slopes(1.0 / 16);
        var jump = Math.Abs(above - below);
        var isStable = Math.Abs(farBelow - below) + Math.Abs(farAbove - above) < jump / 4;
        var isBetween = derivative >= Math.Min(below, above) - allowed && derivative <= Math.Max(below, above) + allowed;
        if (isBetween && isStable && jump > allowed) return GradientVerdict.Kink;

        // A kink within h, but not here: nearer by, the difference agrees.
        if (Math.Abs(derivative - Central(1.0 / 64)) <= allowed + (64 * Rounding(center))) return GradientVerdict.Kink;
        return error <= allowed + (4 * Scatter()) ? GradientVerdict.Noise : GradientVerdict.Wrong;
    }

    private (double Below, double Above) Slopes(double scale)
    {
        var h = step * scale;
        var center = f(0);
        return ((center - f(-h)) / h, (f(h) - center) / h);
    }

    private double Rounding(double value) => 2.2e-16 * Math.Max(1, Math.Abs(value)) / step;

    private double Scatter()
    {
        double[] estimates = [Central(0.9), Central(), Central(1.1), Central(1.2)];
        return estimates.Max() - estimates.Min();
    }
}
