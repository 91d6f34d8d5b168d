using System.Runtime.CompilerServices;

namespace Gradus.Kernels.Tests.Elementwise;

/// <summary>Inputs over all magnitudes, and the distance of a result from its reference.</summary>
internal static class Values
{
    /// <summary>Special values, every exponent with several mantissas, and a dense grid around zero and the thresholds.</summary>
    public static float[] Singles { get; } = [.. Of(float.MaxValue, float.Epsilon, 1.17549435e-38f).Select(x => (float)x), .. EveryPattern()];

    public static double[] Doubles { get; } = [.. Of(double.MaxValue, double.Epsilon, 2.2250738585072014e-308)];

    /// <summary>Units in the last place between a float32 result and the exact value.</summary>
    public static double Ulps(float actual, double exact)
    {
        if (double.IsNaN(exact)) return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        var rounded = (float)exact;
        if (float.IsNaN(actual)) return double.PositiveInfinity;
        if (float.IsInfinity(rounded) || float.IsInfinity(actual))
        {
            return rounded == actual ? 0 : Math.Abs(actual) > 3.4028e38f && Math.Abs(rounded) > 3.4028e38f ? 1 : double.PositiveInfinity;
        }

        var up = Math.Abs((double)MathF.BitIncrement(rounded) - rounded);
        var down = Math.Abs(rounded - (double)MathF.BitDecrement(rounded));
        var ulp = Math.Min(up, down);
        return Math.Abs(actual - exact) / ulp;
    }

    /// <summary>Units in the last place between two float64 numbers; the reference is itself within one.</summary>
    public static double Ulps(double actual, double reference)
    {
        if (double.IsNaN(reference) || double.IsNaN(actual)) return double.IsNaN(actual) && double.IsNaN(reference) ? 0 : double.PositiveInfinity;
        if (actual == reference) return 0;
        if (double.IsInfinity(actual) || double.IsInfinity(reference)) return double.PositiveInfinity;
        return Math.Abs((double)(Ordered(actual) - Ordered(reference)));
    }

    private static Int128 Ordered(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        return bits < 0 ? -(Int128)(bits & long.MaxValue) : bits;
    }

    private static IEnumerable<double> Of(double largest, double smallest, double normal)
    {
        double[] special =
        [
            0, -0.0, 1, -1, 2, -2, 0.5, -0.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
            largest, -largest, smallest, -smallest, normal, -normal,
            88.72283, 88.722839, 88.8, -87.33, -87.34, -103.2, -103.97, -103.98, -104, -105,
            709.78, 709.782712893384, 709.8, -708.39, -708.4, -744.4, -745.13, -745.2, -746, -800,
            0.625, 0.624999, 0.70710678, 0.70710682, 1.4142135, 1.4142137, 0.34657359, -0.34657359, 1e-8, -1e-8, 1e-10, 3.5, 9.02, 20, 1e4, 1e9, 1e30,
        ];
        foreach (var x in special) yield return x;
        for (var i = -4000; i <= 4000; i++) yield return i / 1000.0 * 1.0000001;
        for (var i = -8000; i <= 8000; i++) yield return i / 10.0 * 0.99990001;
        for (var exponent = (int)Math.Log2(smallest) + 1; exponent < Math.Log2(largest) - 1; exponent++)
        {
            for (var k = 0; k < 7; k++)
            {
                yield return Math.ScaleB(1 + (k / 7.0), exponent);
                yield return -Math.ScaleB(1 + (k / 7.0), exponent);
            }
        }
    }

    /// <summary>Every 20,011th bit pattern of a float32: 214,000 numbers that no grid has chosen.</summary>
    private static IEnumerable<float> EveryPattern()
    {
        for (long bits = 0; bits <= uint.MaxValue; bits += 20011)
        {
            var pattern = (uint)bits;
            yield return Unsafe.BitCast<uint, float>(pattern);
        }
    }
}
