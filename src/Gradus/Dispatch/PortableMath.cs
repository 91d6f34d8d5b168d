using Gradus.Kernels;

namespace Gradus;

/// <summary>Functions of single numbers by the kernels' own polynomials: <see cref="Math"/> asks the platform, whose last bits differ from machine to machine.</summary>
internal static class PortableMath
{
    /// <summary>cos x.</summary>
    public static double Cos(double x) => default(CosOperator<double>).Invoke<Scalar<double>, double>(x);
}
