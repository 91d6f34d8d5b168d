namespace Gradus.Testing.Naive;

/// <summary>The normal distribution to the last digits of float64, tails included.</summary>
internal static class Normal
{
    /// <summary>x·Φ(x).</summary>
    public static double Gelu(double x)
    {
        if (double.IsNegativeInfinity(x)) return -0.0;
        double high = (float)x, z = Math.Abs(x) * 0.7071067811865476;
        var tail = Math.Abs(x) > 50 ? 0 : Tail(z, Math.Exp(-high * high / 2) * Math.Exp((high - x) * (high + x) / 2)) / 2;
        return x < 0 ? x * tail : x * (1 - tail);
    }

    /// <summary>1 − erf z.</summary>
    public static double Erfc(double z)
    {
        if (z < 0) return 2 - Erfc(-z);
        double high = (float)z;
        return z > 40 ? 0 : Tail(z, Math.Exp(-high * high) * Math.Exp((high - z) * (high + z)));
    }

    /// <summary>1 − erf z for z ≥ 0, given e^−z², which needs a z² without rounding: the square of its first 24 bits, and the rest.</summary>
    /// <remarks>
    /// Up to ½ the power series; above it the trapezoidal sum of Chiarella and Reichel with step ½, whose error is e^−39 of the result, and the correction for
    /// the pole that it passes.
    /// </remarks>
    private static double Tail(double z, double gauss)
    {
        if (double.IsNaN(z)) return z;
        if (z < 0.5)
        {
            var (sum, power) = (0.0, z);
            for (var n = 0; n < 30; n++)
            {
                sum += power / ((2 * n) + 1);
                power *= -z * z / (n + 1);
            }

            return 1 - (sum * 2 / Math.Sqrt(Math.PI));
        }

        var terms = 1 / (z * z);
        for (var n = 1; n < 14; n++) terms += 2 * Math.Exp(-0.25 * n * n) / ((0.25 * n * n) + (z * z));
        var result = 0.5 * z / Math.PI * gauss * terms;
        return z < 2 * Math.PI ? result + (2 / (1 - Math.Exp(4 * Math.PI * z))) : result;
    }
}
