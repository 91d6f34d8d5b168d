using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

internal static unsafe partial class Philox
{
    /// <summary>Elements that are drawn at a time into memory on the stack; even, so that a pair of normal numbers never straddles two blocks.</summary>
    private const int AtATime = 1024;

    private const int Grain = 16384;

    /// <summary>zᵢ uniform in [0, 1): 24 random bits for float, 53 for double.</summary>
    public static void Uniform<T>(ulong key, ulong stream, ulong counter, nint n, T* z) where T : unmanaged =>
        Run(n, new UniformFill<T>(key, stream, counter, z));

    /// <summary>zᵢ standard normal by Box and Muller: elements 2k and 2k + 1 of the stream share one radius and one angle.</summary>
    /// <remarks>The uniform number under the logarithm has 24 bits in float32, so |z| is at most 5.77 there, and 8.57 in float64.</remarks>
    public static void Normal<T>(ulong key, ulong stream, ulong counter, nint n, T* z) where T : unmanaged =>
        Run(n, new NormalFill<T>(key, stream, counter, z));

    /// <summary>zᵢ = 1 with the given probability, else 0. Draws are float32 uniform numbers.</summary>
    public static void Bernoulli(ulong key, ulong stream, ulong counter, double probability, nint n, byte* z) =>
        Run(n, new BernoulliFill(key, stream, counter, (float)probability, z));

    /// <summary>zᵢ = 1 / keep with probability keep, else 0: what dropout multiplies by.</summary>
    public static void DropoutMask<T>(ulong key, ulong stream, ulong counter, double keep, nint n, T* z) where T : unmanaged =>
        Run(n, new DropoutFill<T>(key, stream, counter, keep, z));

    private static void Run<TFill>(nint n, TFill fill) where TFill : struct, IFill
    {
        if (n <= 2 * Grain) fill.Run(0, n);
        else Workers.Run((int)((n + Grain - 1) / Grain), new Job<TFill>(fill, n));
    }

    /// <summary>Uniform numbers of the elements first … first + n − 1 of the stream.</summary>
    [SkipLocalsInit]
    private static void UniformSpan<T>(ulong key, ulong stream, ulong first, nint n, T* z) where T : unmanaged
    {
        var words = stackalloc uint[(AtATime * 2) + 4];
        var perBlock = (ulong)(16 / sizeof(T));
        while (n > 0)
        {
            var count = Math.Min(AtATime, n);
            var skip = (nint)(first % perBlock);
            Words(key, stream, first / perBlock, (skip + count + (nint)perBlock - 1) / (nint)perBlock, words);
            Elementwise.UnarySpan(default(UniformOperator), count, (T*)words + skip, z);
            first += (ulong)count;
            z += count;
            n -= count;
        }
    }

    private interface IFill
    {
        void Run(nint start, nint count);
    }

    private readonly struct Job<TFill>(TFill fill, nint n) : IJob where TFill : struct, IFill
    {
        public void Run(int chunk)
        {
            var start = (nint)chunk * Grain;
            fill.Run(start, Math.Min(Grain, n - start));
        }
    }

    private readonly struct UniformFill<T>(ulong key, ulong stream, ulong counter, T* z) : IFill where T : unmanaged
    {
        public void Run(nint start, nint count) => UniformSpan(key, stream, counter + (ulong)start, count, z + start);
    }

    private readonly struct NormalFill<T>(ulong key, ulong stream, ulong counter, T* z) : IFill where T : unmanaged
    {
        [SkipLocalsInit]
        public void Run(nint start, nint count)
        {
            var uniform = stackalloc T[AtATime];
            var radius = stackalloc T[AtATime / 2];
            var angle = stackalloc T[AtATime / 2];
            var turn = stackalloc T[AtATime / 2];
            for (nint done = 0; done < count;)
            {
                // Whole pairs are drawn; the first number is dropped when the range begins with the second of a pair.
                var first = counter + (ulong)(start + done);
                var skip = (nint)(first & 1);
                var take = Math.Min(AtATime - skip, count - done);
                var pairs = (skip + take + 1) / 2;
                UniformSpan(key, stream, first - (ulong)skip, 2 * pairs, uniform);
                Strided.Copy(uniform, 2, radius, 1, pairs);
                Strided.Copy(uniform + 1, 2, angle, 1, pairs);
                Elementwise.UnarySpan(default(RadiusOperator), pairs, radius, radius);
                for (var half = 0; half < 2; half++)
                {
                    Elementwise.UnarySpan(new TurnOperator(1 - half), pairs, angle, turn);
                    Elementwise.BinarySpan(default(MultiplyOperator), pairs, radius, 1, turn, 1, turn);
                    Strided.Copy(turn, 1, uniform + half, 2, pairs);
                }

                Buffer.MemoryCopy(uniform + skip, z + start + done, take * sizeof(T), take * sizeof(T));
                done += take;
            }
        }
    }

    private readonly struct BernoulliFill(ulong key, ulong stream, ulong counter, float probability, byte* z) : IFill
    {
        [SkipLocalsInit]
        public void Run(nint start, nint count)
        {
            var uniform = stackalloc float[AtATime];
            var limit = probability;
            for (nint done = 0; done < count; done += AtATime)
            {
                var take = Math.Min(AtATime, count - done);
                UniformSpan(key, stream, counter + (ulong)(start + done), take, uniform);
                Elementwise.CompareSpan(default(LessOperator), take, uniform, 1, &limit, 0, z + start + done);
            }
        }
    }

    private readonly struct DropoutFill<T>(ulong key, ulong stream, ulong counter, double keep, T* z) : IFill where T : unmanaged
    {
        public void Run(nint start, nint count)
        {
            var one = Scalar<T>.Constant(1);
            var share = Scalar<T>.Constant(keep);
            UniformSpan(key, stream, counter + (ulong)start, count, z + start);
            Elementwise.UnarySpan(new KeepOperator<T>(share, Scalar<T>.Divide(one, share)), count, z + start, z + start);
        }
    }
}
