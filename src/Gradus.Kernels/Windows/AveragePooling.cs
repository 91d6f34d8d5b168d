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

    private static int Divisor(in PoolShape shape, bool countPadding, PoolSpan vertical, PoolSpan horizontal) => countPadding
        ? shape.KernelHeight * shape.KernelWidth
        : (vertical.Last - vertical.First) * (horizontal.Last - horizontal.First);

    private readonly struct ForwardPlane<T>(PoolShape shape, bool countPadding, T* x, T* y) : IPoolPlane where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int index)
        {
            var from = x + (index * shape.InPlane);
            var to = y + (index * shape.OutPlane);
            for (var row = 0; row < shape.OutHeight; row++, to += shape.OutWidth)
            {
                var pair = from + ((nint)2 * row * shape.Width);
                var column = shape.IsHalving ? PoolPairs<T>.Mean(pair, pair + shape.Width, shape.OutWidth, to) : 0;
                var vertical = new PoolSpan(row, shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, 1);
                for (; column < shape.OutWidth; column++)
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
            var to = dx + (index * shape.InPlane);
            var from = gradient + (index * shape.OutPlane);
            new Span<T>(to, checked((int)shape.InPlane)).Clear();
            for (var row = 0; row < shape.OutHeight; row++, from += shape.OutWidth)
            {
                var pair = to + ((nint)2 * row * shape.Width);
                var column = shape.IsHalving ? PoolPairs<T>.MeanBackward(from, shape.OutWidth, pair, pair + shape.Width) : 0;
                var vertical = new PoolSpan(row, shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, 1);
                for (; column < shape.OutWidth; column++)
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
