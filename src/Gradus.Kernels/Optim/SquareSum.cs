namespace Gradus.Kernels;

/// <summary>The root of the sum of squares of a contiguous array, on one thread and without memory of its own.</summary>
internal static unsafe class SquareSum
{
    // Short enough that float32 sums keep their digits, long enough that the lanes' tree costs nothing.
    private const int Block = 65536;

    /// <summary>√Σ x²: within a block on the lanes of <see cref="LaneSums"/>, over the blocks in order and in float64.</summary>
    public static double Root<T>(T* x, nint n) where T : unmanaged
    {
        var sum = 0.0;
        for (nint start = 0; start < n; start += Block)
        {
            var count = Math.Min(Block, n - start);
            var part = ExactMoments.Number(LaneSums.Run<T, SquareTerms<T>>(count, new(x + start, default)).First);
            if (typeof(T) == typeof(float) && IsOutOfReach(part, 1e-30, x + start, count)) part = Plain((float*)x + start, count);
            sum += part;
        }

        return typeof(T) == typeof(double) && IsOutOfReach(sum, 1e-280, x, n) ? Scaled((double*)x, n) : Math.Sqrt(sum);
    }

    // Squares that overflowed, or that vanished, in part or all of them.
    private static bool IsOutOfReach<T>(double sum, double least, T* x, nint n) where T : unmanaged
    {
        if (sum > 0) return sum < least || double.IsPositiveInfinity(sum);
        for (nint j = 0; sum == 0 && j < n; j++)
        {
            if (ExactMoments.Number(x[j]) != 0) return true;
        }

        return false;
    }

    private static double Plain(float* x, nint n)
    {
        var sum = 0.0;
        for (nint j = 0; j < n; j++) sum += (double)x[j] * x[j];
        return sum;
    }

    private static double Scaled(double* x, nint n)
    {
        var largest = 0.0;
        for (nint j = 0; j < n; j++) largest = Math.Max(largest, Math.Abs(x[j]));
        if (!double.IsFinite(largest)) return largest;
        // Below 2⁻¹⁰²² a quotient by the largest would lose digits of it: a power of 2 loses none.
        var exponent = Math.ILogB(largest);
        var sum = 0.0;
        for (nint j = 0; j < n; j++)
        {
            var near = Math.ScaleB(x[j], -exponent);
            sum += near * near;
        }

        return Math.ScaleB(Math.Sqrt(sum), exponent);
    }
}
