using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The greatest element of each window, and the way back.</summary>
/// <remarks>
/// A NaN is greater than any number; of equal elements the first in row-major order counts; padding never does. What is kept for the way back is the number of
/// the tap in its window, which fits a byte where a window has at most 256 taps: an eighth of the memory that a position in float32's plane would take in
/// int64.
/// </remarks>
internal static unsafe class MaxPooling
{
    // Taps whose places are worked out once for a plane, since finding them takes a division.
    private const int MostKnown = 64;

    /// <summary>y = the maxima; taps = where in its window each was found, unless that is null.</summary>
    public static void Forward<T, TTap>(in PoolShape shape, T* x, T* y, TTap* taps)
        where T : unmanaged, INumber<T> where TTap : unmanaged, IBinaryInteger<TTap> =>
        shape.Share(new ForwardPlane<T, TTap>(shape, x, y, taps));

    /// <summary>dx = the gradient of each window at its maximum, added up where windows overlap, and zero elsewhere.</summary>
    public static void Backward<T, TTap>(in PoolShape shape, T* gradient, TTap* taps, T* dx)
        where T : unmanaged, INumber<T> where TTap : unmanaged, IBinaryInteger<TTap> =>
        shape.Share(new BackwardPlane<T, TTap>(shape, gradient, taps, dx));

    /// <summary>positions = where in its plane each window's maximum is: row · width + column.</summary>
    public static void Index<T>(in PoolShape shape, T* x, long* positions) where T : unmanaged, INumber<T> =>
        shape.Share(new IndexPlane<T>(shape, x, positions));

    private readonly struct ForwardPlane<T, TTap>(PoolShape shape, T* x, T* y, TTap* taps) : IPoolPlane
        where T : unmanaged, INumber<T> where TTap : unmanaged, IBinaryInteger<TTap>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int index)
        {
            // Kept here because each is worked out by a division.
            int height = shape.OutHeight, width = shape.OutWidth;
            var from = x + (index * shape.InPlane);
            var to = y + (index * ((nint)height * width));
            var tap = taps == null ? null : taps + (index * ((nint)height * width));
            var isByte = typeof(TTap) == typeof(byte);
            var isHalving = isByte && shape.IsHalving;
            var (first, last) = isByte && !isHalving ? PoolInterior<T>.Columns(in shape) : (0, 0);
            using var scratch = Buffers.Rent(first < last ? PoolInterior<T>.SplitElements(in shape) * sizeof(T) : 0);
            if (first < last) PoolInterior<T>.Split(in shape, from, (T*)scratch.Pointer);
            for (var row = 0; row < height; row++)
            {
                var column = 0;
                if (isHalving)
                {
                    var pair = from + ((nint)2 * row * shape.Width);
                    column = PoolPairs<T>.Max(pair, pair + shape.Width, width, to, (byte*)tap);
                }

                // The spans take divisions, more than a short row costs.
                if (column == width)
                {
                    to += width;
                    if (tap != null) tap += width;
                    continue;
                }

                var vertical = new PoolSpan(row, shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, shape.DilationHeight);
                if (first < last) PoolInterior<T>.Max(in shape, (T*)scratch.Pointer, vertical, first, last, to, (byte*)tap);
                for (; column < width; column++)
                {
                    if (column == first && first < last)
                    {
                        column = last;
                        if (column == width) break;
                    }

                    var horizontal = new PoolSpan(column, shape.Width, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, shape.DilationWidth);
                    to[column] = Window(from, vertical, horizontal, out var found);
                    if (tap != null) tap[column] = TTap.CreateTruncating(found);
                }

                to += width;
                if (tap != null) tap += width;
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
            // Kept here because each is worked out by a division.
            int height = shape.OutHeight, width = shape.OutWidth;
            var to = dx + (index * shape.InPlane);
            var from = gradient + (index * ((nint)height * width));
            var tap = taps + (index * ((nint)height * width));
            var isHalving = shape.IsHalving && typeof(TTap) == typeof(byte);
            // Halving writes every element of the rows and columns that it covers.
            if (!isHalving || (shape.Height | shape.Width) % 2 != 0 || width < PoolPairs<T>.Fewest) new Span<T>(to, checked((int)shape.InPlane)).Clear();
            var known = shape.KernelHeight * shape.KernelWidth <= MostKnown ? shape.KernelHeight * shape.KernelWidth : 0;
            var places = stackalloc nint[MostKnown];
            for (var tapNumber = 0; tapNumber < known; tapNumber++) places[tapNumber] = Place(tapNumber);
            for (var row = 0; row < height; row++, from += width, tap += width)
            {
                var column = 0;
                if (isHalving)
                {
                    var pair = to + ((nint)2 * row * shape.Width);
                    column = PoolPairs<T>.MaxBackward(from, (byte*)tap, width, pair, pair + shape.Width);
                }

                var corner = to + ((((nint)row * shape.StrideHeight) - shape.PaddingHeight) * shape.Width) - shape.PaddingWidth;
                for (; column < width; column++)
                {
                    var found = int.CreateTruncating(tap[column]);
                    corner[((nint)column * shape.StrideWidth) + (known > 0 ? places[found] : Place(found))] += from[column];
                }
            }
        }

        /// <summary>Where a tap lies from the corner of its window.</summary>
        private nint Place(int tap) =>
            ((nint)(tap / shape.KernelWidth) * shape.DilationHeight * shape.Width) + ((nint)(tap % shape.KernelWidth) * shape.DilationWidth);
    }

    private readonly struct IndexPlane<T>(PoolShape shape, T* x, long* positions) : IPoolPlane where T : unmanaged, INumber<T>
    {
        public void Run(int index)
        {
            int height = shape.OutHeight, width = shape.OutWidth;
            using var maxima = Buffers.Rent(shape.OutPlane * sizeof(T));
            using var taps = Buffers.Rent(shape.OutPlane * sizeof(int));
            new ForwardPlane<T, int>(shape, x + (index * shape.InPlane), (T*)maxima.Pointer, (int*)taps.Pointer).Run(0);
            var tap = (int*)taps.Pointer;
            var to = positions + (index * shape.OutPlane);
            for (var i = 0; i < height; i++)
            {
                for (var j = 0; j < width; j++, tap++, to++)
                {
                    var row = (i * shape.StrideHeight) - shape.PaddingHeight + (*tap / shape.KernelWidth * shape.DilationHeight);
                    var column = (j * shape.StrideWidth) - shape.PaddingWidth + (*tap % shape.KernelWidth * shape.DilationWidth);
                    *to = ((long)row * shape.Width) + column;
                }
            }
        }
    }
}
