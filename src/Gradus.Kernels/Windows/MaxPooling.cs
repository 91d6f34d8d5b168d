using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The greatest element of each window, and the way back.</summary>
/// <remarks>
/// A NaN is greater than any number; of equal elements the first in row-major order counts; padding never does. What is kept for the way back is the number of the
/// tap in its window, which fits a byte where a window has at most 256 taps: an eighth of the memory that a position in float32's plane would take in int64.
/// </remarks>
internal static unsafe class MaxPooling
{
    /// <summary>y = the maxima; taps = where in its window each was found, unless that is null.</summary>
    public static void Forward<T, TTap>(in PoolShape shape, T* x, T* y, TTap* taps) where T : unmanaged, INumber<T> where TTap : unmanaged, IBinaryInteger<TTap> =>
        shape.Share(new ForwardPlane<T, TTap>(shape, x, y, taps));

    /// <summary>dx = the gradient of each window at its maximum, added up where windows overlap, and zero elsewhere.</summary>
    public static void Backward<T, TTap>(in PoolShape shape, T* gradient, TTap* taps, T* dx) where T : unmanaged, INumber<T> where TTap : unmanaged, IBinaryInteger<TTap> =>
        shape.Share(new BackwardPlane<T, TTap>(shape, gradient, taps, dx));

    private readonly struct ForwardPlane<T, TTap>(PoolShape shape, T* x, T* y, TTap* taps) : IPoolPlane
        where T : unmanaged, INumber<T> where TTap : unmanaged, IBinaryInteger<TTap>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int index)
        {
            var from = x + (index * shape.InPlane);
            var to = y + (index * shape.OutPlane);
            var tap = taps == null ? null : taps + (index * shape.OutPlane);
            for (var row = 0; row < shape.OutHeight; row++)
            {
                var column = 0;
                if (shape.IsHalving && typeof(TTap) == typeof(byte))
                {
                    var pair = from + ((nint)2 * row * shape.Width);
                    column = PoolPairs<T>.Max(pair, pair + shape.Width, shape.OutWidth, to, (byte*)tap);
                }

                var vertical = new PoolSpan(row, shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, shape.DilationHeight);
                for (; column < shape.OutWidth; column++)
                {
                    var horizontal = new PoolSpan(column, shape.Width, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, shape.DilationWidth);
                    to[column] = Window(from, vertical, horizontal, out var found);
                    if (tap != null) tap[column] = TTap.CreateTruncating(found);
                }

                to += shape.OutWidth;
                if (tap != null) tap += shape.OutWidth;
            }
        }

        private T Window(T* from, PoolSpan vertical, PoolSpan horizontal, out int found)
        {
            found = (vertical.First * shape.KernelWidth) + horizontal.First;
            var best = from[((nint)vertical.Start * shape.Width) + horizontal.Start];
            for (var i = vertical.First; i < vertical.Last; i++)
            {
                var line = from + ((vertical.Start + ((nint)(i - vertical.First) * shape.DilationHeight)) * shape.Width) + horizontal.Start;
                for (var j = horizontal.First; j < horizontal.Last; j++, line += shape.DilationWidth)
                {
                    if (!(*line > best) && !(T.IsNaN(*line) && !T.IsNaN(best))) continue;
                    best = *line;
                    found = (i * shape.KernelWidth) + j;
                }
            }

            return best;
        }
    }

    private readonly struct BackwardPlane<T, TTap>(PoolShape shape, T* gradient, TTap* taps, T* dx) : IPoolPlane
        where T : unmanaged, INumber<T> where TTap : unmanaged, IBinaryInteger<TTap>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int index)
        {
            var to = dx + (index * shape.InPlane);
            var from = gradient + (index * shape.OutPlane);
            var tap = taps + (index * shape.OutPlane);
            new Span<T>(to, checked((int)shape.InPlane)).Clear();
            for (var row = 0; row < shape.OutHeight; row++, from += shape.OutWidth, tap += shape.OutWidth)
            {
                var column = 0;
                if (shape.IsHalving && typeof(TTap) == typeof(byte))
                {
                    var pair = to + ((nint)2 * row * shape.Width);
                    column = PoolPairs<T>.MaxBackward(from, (byte*)tap, shape.OutWidth, pair, pair + shape.Width);
                }

                var top = ((nint)row * shape.StrideHeight) - shape.PaddingHeight;
                for (; column < shape.OutWidth; column++)
                {
                    var found = int.CreateTruncating(tap[column]);
                    var (i, j) = Math.DivRem(found, shape.KernelWidth);
                    to[((top + ((nint)i * shape.DilationHeight)) * shape.Width) + ((nint)column * shape.StrideWidth) - shape.PaddingWidth + ((nint)j * shape.DilationWidth)] += from[column];
                }
            }
        }
    }
}
