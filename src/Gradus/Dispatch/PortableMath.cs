using Gradus.Kernels;

namespace Gradus;

/// <summary>
/// Functions of single numbers by the kernels' own polynomials: <see cref="Math"/> asks the platform, whose last bits differ from machine to machine.
/// </summary>
internal static class PortableMath
{
    /// <summary>cos x.</summary>
    public static double Cos(double x) => default(CosOperator).Invoke<double, Scalar<double>, double>(x);

    /// <summary>x to the power y.</summary>
    public static double Pow(double x, double y) => default(PowOperator).Invoke<double, Scalar<double>, double>(x, y);

    /// <summary>x to a whole power n ≥ 0, by squaring.</summary>
    public static double Pow(double x, long n)
    {
        var power = 1.0;
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) == 1) power *= x;
            x *= x;
        }

        return power;
    }
}
