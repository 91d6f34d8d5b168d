using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The mean of each window, and the way back.</summary>
internal static unsafe class AveragePooling
{
    /// <summary>y = sum of each window, in row-major order, / the number of its taps, or of those inside the plane if padding does not count.</summary>
    public static void Forward<T>(in PoolShape shape, bool countPadding, T* x, T* y) where T : unmanaged, INumber<T> =>
        shape.Share(new ForwardPlane<T>(shape, countPadding, x, y));

    /// <summary>dx = each window's gradient / number, added to all of the window: the adjoint.</summary>
    public static void Backward<T>(in PoolShape shape, bool countPadding, T* gradient, T* dx) where T : unmanaged, INumber<T> =>
        shape.Share(new BackwardPlane<T>(shape, countPadding, gradient, dx));

    private static long Divisor(in PoolShape shape, bool countPadding, PoolSpan vertical, PoolSpan horizontal) => countPadding
        ? (long)shape.KernelHeight * shape.KernelWidth
        : (long)(vertical.Last - vertical.First) * (horizontal.Last - horizontal.First);

    private readonly struct ForwardPlane<T>(PoolShape shape, bool countPadding, T* x, T* y) : IPoolPlane where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int index)
        {
            // Kept here because each is worked out by a division.
            int height = shape.OutHeight, width = shape.OutWidth;
            var from = x + (index * shape.InPlane);
            var to = y + (index * ((nint)height * width));
            for (var row = 0; row < height; row++, to += width)
            {
                var pair = from + ((nint)2 * row * shape.Width);
                var column = shape.IsHalving ? PoolPairs<T>.Mean(pair, pair + shape.Width, width, to) : 0;
                var vertical = new PoolSpan(row, shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, 1);
                for (; column < width; column++)
                {
                    var horizontal = new PoolSpan(column, shape.Width, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, 1);
                    var sum = T.Zero;
                    for (var i = vertical.First; i < vertical.Last; i++)
                    {
                        var line = from + ((vertical.Start + (nint)(i - vertical.First)) * shape.Width) + horizontal.Start;
                        for (var j = horizontal.First; j < horizontal.Last; j++) sum += *line++;
                    }

                    to[column] = sum / T.CreateTruncating(Divisor(in shape, countPadding, vertical, horizontal));
                }
            }
        }
    }

    private readonly struct BackwardPlane<T>(PoolShape shape, bool countPadding, T* gradient, T* dx) : IPoolPlane where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int index)
        {
            // Kept here because each is worked out by a division.
            int height = shape.OutHeight, width = shape.OutWidth;
            var to = dx + (index * shape.InPlane);
            var from = gradient + (index * ((nint)height * width));
            new Span<T>(to, checked((int)shape.InPlane)).Clear();
            for (var row = 0; row < height; row++, from += width)
            {
                var pair = to + ((nint)2 * row * shape.Width);
                var column = shape.IsHalving ? PoolPairs<T>.MeanBackward(from, width, pair, pair + shape.Width) : 0;
                var vertical = new PoolSpan(row, shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, 1);
                for (; column < width; column++)
                {
                    var horizontal = new PoolSpan(column, shape.Width, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, 1);
                    var share = from[column] / T.CreateTruncating(Divisor(in shape, countPadding, vertical, horizontal));
                    for (var i = vertical.First; i < vertical.Last; i++)
                    {
                        var line = to + ((vertical.Start + (nint)(i - vertical.First)) * shape.Width) + horizontal.Start;
                        for (var j = horizontal.First; j < horizontal.Last; j++) *line++ += share;
                    }
                }
            }
        }
    }
}
