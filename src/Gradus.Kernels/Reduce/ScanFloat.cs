using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>Running sums of float32 in float64, bit for bit those of a plain loop.</summary>
/// <remarks>
/// A scalar conversion keeps the upper part of its register and so waits for the one before it: 28 cycles for four elements. Vector conversions wait for
/// nothing.
/// </remarks>
internal static unsafe class ScanFloat
{
    /// <summary>One line: a chain of additions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Line(nint n, bool isReversed, float* x, float* z)
    {
        double sum = 0;
        nint done = 0;
        for (; done + 4 <= n; done += 4)
        {
            var at = isReversed ? n - 4 - done : done;
            var terms = Turned(Vector256.WidenLower(Vector128.Load(x + at).ToVector256Unsafe()), isReversed);
            var first = sum + terms[0];
            var second = first + terms[1];
            var third = second + terms[2];
            sum = third + terms[3];
            var sums = Turned(Vector256.Create(first, second, third, sum), isReversed);
            Vector256.Narrow(sums, sums).GetLower().Store(z + at);
        }

        for (; done < n; done++)
        {
            var at = isReversed ? n - 1 - done : done;
            sum += x[at];
            z[at] = (float)sum;
        }
    }

    /// <summary>Four lines side by side, one after the other in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FourLines(nint n, bool isReversed, float* x, float* z)
    {
        var sums = Vector256<double>.Zero;
        nint step = isReversed ? -1 : 1, at = isReversed ? n - 1 : 0;
        for (nint done = 0; done < n; done++, at += step)
        {
            var from = x + at;
            sums += Vector256.WidenLower(Vector128.Create(*from, from[n], from[2 * n], from[3 * n]).ToVector256Unsafe());
            var rounded = Vector256.Narrow(sums, sums);
            var to = z + at;
            *to = rounded[0];
            to[n] = rounded[1];
            to[2 * n] = rounded[2];
            to[3 * n] = rounded[3];
        }
    }

    /// <summary>The columns of a row that fill vectors.</summary>
    /// <returns>How many they are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Columns(int width, float* x, double* sums, float* z)
    {
        var column = 0;
        for (; column + 8 <= width; column += 8)
        {
            var terms = Vector256.Load(x + column);
            var lower = Vector256.Load(sums + column) + Vector256.WidenLower(terms);
            var upper = Vector256.Load(sums + column + 4) + Vector256.WidenUpper(terms);
            lower.Store(sums + column);
            upper.Store(sums + column + 4);
            Vector256.Narrow(lower, upper).Store(z + column);
        }

        return column;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Turned(Vector256<double> x, bool isReversed) => isReversed ? Vector256.Shuffle(x, Vector256.Create(3L, 2, 1, 0)) : x;
}
