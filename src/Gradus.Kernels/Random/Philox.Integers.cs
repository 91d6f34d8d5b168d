using System.Numerics;

namespace Gradus.Kernels;

internal static unsafe partial class Philox
{
    // Spreads the redraws of one element over streams that nobody else uses on purpose.
    private const ulong Redraw = 0x9E3779B97F4A7C15;

    /// <summary>zᵢ uniform in 0 … bound − 1, without bias. Element i depends only on (key, stream, counter + i).</summary>
    public static void Integers(ulong key, ulong stream, ulong counter, ulong bound, nint n, long* z) =>
        Run(n, new IntegerFill(key, stream, counter, bound, z));

    /// <summary>A random order of 0 … n − 1 by Fisher and Yates, from the top down; every order is equally likely, up to the 64 bits of the seed.</summary>
    public static void Permutation<T>(ulong key, ulong stream, ulong counter, nint n, T* z) where T : unmanaged, IBinaryInteger<T>
    {
        for (nint i = 0; i < n; i++) z[i] = T.CreateTruncating(i);
        for (var i = n - 1; i > 0; i--)
        {
            var j = (nint)Below(key, stream, counter + (ulong)i, (ulong)i + 1);
            (z[i], z[j]) = (z[j], z[i]);
        }
    }

    /// <summary>One integer in 0 … bound − 1: the high half of word · bound.</summary>
    /// <remarks>
    /// The 2⁶⁴ mod bound lowest products would make some results more likely and are drawn again (Lemire): from the same counter in another stream,
    /// so that the neighbors do not move.
    /// </remarks>
    internal static ulong Below(ulong key, ulong stream, ulong element, ulong bound)
    {
        var words = stackalloc uint[4];
        for (ulong attempt = 0; ; attempt++)
        {
            WordsLoop<Scalar<long>, long>(key, stream + (attempt * Redraw), element / 2, 1, words);
            var high = Math.BigMul(((ulong*)words)[element % 2], bound, out var low);
            if (low >= bound || low >= (0 - bound) % bound) return high;
        }
    }

    private readonly struct IntegerFill(ulong key, ulong stream, ulong counter, ulong bound, long* z) : IFill
    {
        public void Run(nint start, nint count)
        {
            for (var i = start; i < start + count; i++) z[i] = (long)Below(key, stream, counter + (ulong)i, bound);
        }
    }
}
