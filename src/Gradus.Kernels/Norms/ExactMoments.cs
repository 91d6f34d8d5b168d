using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>
/// Mean and deviation for numbers of which float32 sums lose too much: those far from 0 for their spread, and those whose squares overflow or vanish. In
/// float64, number by number.
/// </summary>
/// <remarks>
/// x is read as x·2ᵏ, 2ᵏ being 1 unless squares of float64 go out of reach. The mean has two parts: of 10,000.5 ± 1 a rounded one would be off by 2⁻¹¹.
/// Rows that need none of this have their moments from <see cref="LaneSums"/>.
/// </remarks>
internal readonly unsafe struct ExactMoments
{
    private const double Far = 3.3e150;

    private readonly double _factor;
    private readonly double _mean;
    private readonly double _rest;

    private ExactMoments(double factor, double mean, double rest, double variance, double epsilon)
    {
        (_factor, _mean, _rest) = (factor, mean, rest);
        Variance = variance / factor / factor;
        Scale = 1 / Math.Sqrt(variance + (epsilon * factor * factor));
    }

    /// <summary>The mean.</summary>
    public double Mean => (_mean + _rest) / _factor;

    /// <summary>The mean of (x − mean)².</summary>
    public double Variance { get; }

    /// <summary>1/√(variance + ε) of the numbers as they are read.</summary>
    private double Scale { get; }

    /// <summary>1/√(variance + ε).</summary>
    public double InverseRoot => Scale * _factor;

    /// <summary>(x − mean)/√(variance + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Normal(double x) => ((x * _factor) - _mean - _rest) * Scale;

    /// <summary>Whether a mean and 1/√(variance + ε) in the numbers' own type are not good enough.</summary>
    public static bool AreNeeded<T>(T mean, T scale, nint count) where T : unmanaged
    {
        // The mean of a single number is exact.
        var (distance, inverse) = (count == 1 ? 0 : Math.Abs(Number(mean)), Number(scale));
        // What rounding does to a mean is some 10⁻⁷ of it in float32, 10⁻¹⁶ in float64, and to what is normalized that many deviations.
        var (most, greatest) = typeof(T) == typeof(float) ? (8, 1e15) : (1e6, Far);
        return !(distance * inverse <= most && inverse > 0 && inverse < greatest);
    }

    /// <summary>The moments of the numbers of some runs; the mean is 0 where they are not centered.</summary>
    public static ExactMoments Of<T, TRuns>(TRuns runs, bool isCentered, double epsilon) where T : unmanaged where TRuns : struct, IRuns<T>
    {
        var factor = typeof(T) == typeof(float) ? 1 : FactorOf<T, TRuns>(runs);
        nint count = 0;
        double sum = 0, rest = 0, squares = 0;
        for (var run = 0; run < runs.Count; run++)
        {
            var x = runs.At(run);
            for (nint j = 0; j < runs.Length; j++) sum += Number(x[j]) * factor;
            count += runs.Length;
        }

        var mean = isCentered ? sum / count : 0;
        for (var run = 0; isCentered && run < runs.Count; run++)
        {
            var x = runs.At(run);
            for (nint j = 0; j < runs.Length; j++) rest += (Number(x[j]) * factor) - mean;
        }

        rest /= count;
        for (var run = 0; run < runs.Count; run++)
        {
            var x = runs.At(run);
            for (nint j = 0; j < runs.Length; j++)
            {
                var centered = (Number(x[j]) * factor) - mean - rest;
                squares += centered * centered;
            }
        }

        return new ExactMoments(factor, mean, rest, squares / count, epsilon);
    }

    /// <summary>A number as float64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Number<T>(T x) where T : unmanaged => typeof(T) == typeof(float) ? (float)(object)x : (double)(object)x;

    /// <summary>gradient · slope, and 0 where the gradient is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Chain(double gradient, double slope) => Kernels.Chain.Multiply<double, Scalar<double>, double>(gradient, slope);

    public static bool IsNaN<T>(T x) where T : unmanaged => double.IsNaN(Number(x));

    private static double FactorOf<T, TRuns>(TRuns runs) where T : unmanaged where TRuns : struct, IRuns<T>
    {
        var largest = 0.0;
        for (var run = 0; run < runs.Count; run++)
        {
            var x = runs.At(run);
            for (nint j = 0; j < runs.Length; j++) largest = Math.Max(largest, Math.Abs(Number(x[j])));
        }

        var isWithin = largest is 0 or > 1 / Far and < Far || !double.IsFinite(largest);
        return isWithin ? 1 : Math.ScaleB(1, -Math.Clamp(Math.ILogB(largest), -1000, 1000));
    }
}

/// <summary>Numbers that lie in runs of equal length.</summary>
internal unsafe interface IRuns<T> where T : unmanaged
{
    int Count { get; }

    nint Length { get; }

    T* At(int run);
}
