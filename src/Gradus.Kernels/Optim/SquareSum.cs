namespace Gradus.Kernels;

/// <summary>The sum of squares of a contiguous array, on one thread and without memory of its own.</summary>
internal static unsafe class SquareSum
{
    // Short enough that float32 sums keep their digits, long enough that the lanes' tree costs nothing.
    private const int Block = 65536;

    /// <summary>Σ x²: within a block on the lanes of <see cref="LaneSums"/>, over the blocks in order and in float64.</summary>
    public static double Run<T>(T* x, nint n) where T : unmanaged
    {
        var sum = 0.0;
        for (nint start = 0; start < n; start += Block)
        {
            var part = LaneSums.Run<T, SquareTerms<T>>(Math.Min(Block, n - start), new(x + start, default)).First;
            sum += typeof(T) == typeof(float) ? (float)(object)part : (double)(object)part;
        }

        return sum;
    }
}
