namespace Gradus;

/// <summary>The inverse of the standard normal distribution Φ, in float64: what turns uniform numbers into normal ones one by one.</summary>
internal static class NormalQuantile
{
    /// <summary>Uniform numbers in [0, 1) as normal ones in [low, high].</summary>
    /// <exception cref="GradusException">The interval lies so far out that nothing is in it.</exception>
    public static Tensor Between(double low, double high, Tensor uniform)
    {
        // Close to 1, Φ has few digits left: an interval above the mean is drawn below it.
        if (low > 0) return -Between(-high, -low, uniform);
        double first = Distribution(low), last = Distribution(high);
        if (!(first < last))
        {
            throw new GradusException(FormattableString.Invariant(
                $"truncatedNormal: between {low} and {high} deviations from the mean the normal distribution has nothing; expected an interval within 37."));
        }

        return Of((uniform * (last - first)) + first);
    }

    /// <summary>x of Φ(x) = p, by rational functions with a relative error of 1.2e−9 (Acklam, 2003) and a step of Halley's.</summary>
    private static Tensor Of(Tensor p)
    {
        p = p.Clamp(1e-300, 1 - Math.Pow(2, -53));
        const double Tail = 0.02425;
        var x = Tensor.Where(p < Tail, Lower(p), Tensor.Where(p > 1 - Tail, -Lower(1 - p), Central(p - 0.5)));
        var error = ((x / -Math.Sqrt(2)).Erfc() / 2) - p;
        var step = error * Math.Sqrt(2 * Math.PI) * (x.Square() / 2).Exp();
        return x - (step / (1 + (x * step / 2)));
    }

    private static double Distribution(double x) => (Tensor.Scalar(x / -Math.Sqrt(2)).Erfc() / 2).Item();

    private static Tensor Central(Tensor q)
    {
        var r = q.Square();
        return q * Polynomial(
            r, [-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00])
            / Polynomial(r, [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1]);
    }

    private static Tensor Lower(Tensor p)
    {
        var q = (p.Log() * -2).Sqrt();
        return Polynomial(
            q, [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00])
            / Polynomial(q, [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1]);
    }

    private static Tensor Polynomial(Tensor x, double[] coefficients) =>
        coefficients.Skip(1).Aggregate(Tensor.Scalar(coefficients[0]), (sum, coefficient) => (sum * x) + coefficient);
}
