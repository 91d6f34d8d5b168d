using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>
/// The adjoints of a convolution whose one window is the whole image, so that its output is a single point: the first layer of a generator, by its transpose.
/// </summary>
/// <remarks>
/// The tiles of windows would multiply by as many zeros of padding as there are taps: 4 × 4 taps took 4.7 ms where this takes 1. The bits are theirs; only an
/// infinite weight is not multiplied by a zero here.
/// </remarks>
internal static unsafe class SinglePoint<T> where T : unmanaged, INumber<T>
{
    private const int Grain = 32768;

    /// <summary>Whether the gradient to the input can be a product: its sums are cut between filters.</summary>
    public static bool FitsInput(in ConvShape shape) =>
        FitsWeight(in shape) && shape is { StrideHeight: 1, StrideWidth: 1 }
        && (long)shape.GroupFilters * shape.Taps <= int.MaxValue && Segments(in shape) is var segments
        && (segments.Count == 1 || segments.MaxLength % shape.Taps == 0);

    /// <summary>Whether the output is a single point that reads the whole image.</summary>
    public static bool FitsWeight(in ConvShape shape) =>
        shape is { Groups: 1, Filters: > 0, PaddingHeight: 0, PaddingWidth: 0, OutPlane: 1 }
        && shape.Height == shape.KernelHeight && shape.Width == shape.KernelWidth;

    /// <summary>dx[n, c, i, j] = Σ over o of g[n, o] · w[o, c, i, j].</summary>
    public static void InputGradient(in ConvShape shape, T* gradient, T* weight, T* dx)
    {
        int size = shape.FilterSize, taps = shape.Taps, filters = shape.Filters;
        var segments = Segments(in shape);
        for (var segment = 0; segment < segments.Count; segment++)
        {
            int first = segments.Start(segment) / taps, count = segments.Length(segment) / taps;
            Gemm.Run(shape.Images, size, count, gradient + first, filters, 1, weight + ((nint)first * size), size, 1, dx, size, accumulate: segment > 0);
        }
    }

    /// <summary>dw[o, c, i, j] = Σ over n of g[n, o] · x[n, c, i, j], each product rounded, summed in the shares of the batch.</summary>
    public static void WeightGradient(in ConvShape shape, T* x, T* gradient, T* dw)
    {
        var share = new WeightGradientPlan(in shape, 1, sizeof(T)).ShareImages;
        var step = (int)Math.Clamp(Grain / Math.Max(1L, (long)shape.Images * shape.FilterSize), 1, Math.Max(1, shape.Filters));
        Workers.Run((shape.Filters + step - 1) / step, new WeightJob(shape, share, step, x, gradient, dw));
    }

    /// <summary>How the tiles of windows cut the sum, which has a term for each tap.</summary>
    private static ProductSegments Segments(in ConvShape shape) => new(shape.GroupFilters * shape.Taps);

    private readonly struct WeightJob(ConvShape shape, int share, int step, T* x, T* gradient, T* dw) : IJob
    {
        public void Run(int chunk)
        {
            for (var filter = chunk * step; filter < Math.Min(shape.Filters, (chunk + 1) * step); filter++)
            {
                if (Vector512.IsHardwareAccelerated) Row<Simd512<T>, Vector512<T>>(filter);
                else if (Vector256.IsHardwareAccelerated) Row<Simd256<T>, Vector256<T>>(filter);
                else Row<Simd128<T>, Vector128<T>>(filter);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Row<S, V>(int filter) where S : ISimd<T, V> where V : struct
        {
            var (images, size, filters, perShare) = (shape.Images, shape.FilterSize, shape.Filters, share);
            var factors = gradient + filter;
            var target = dw + ((nint)filter * size);
            var source = x;
            var column = 0;
            for (; column + (2 * S.Width) <= size; column += 2 * S.Width)
            {
                V total = S.Zero, otherTotal = S.Zero;
                for (int start = 0, n = 0; start < images; start += perShare)
                {
                    V sum = S.Zero, other = S.Zero;
                    for (var end = Math.Min(images, start + perShare); n < end; n++)
                    {
                        var from = source + ((nint)n * size) + column;
                        var factor = S.Create(factors[(nint)n * filters]);
                        sum = S.Add(sum, S.Multiply(factor, S.Load(from)));
                        other = S.Add(other, S.Multiply(factor, S.Load(from + S.Width)));
                    }

                    total = S.Add(total, sum);
                    otherTotal = S.Add(otherTotal, other);
                }

                S.Store(total, target + column);
                S.Store(otherTotal, target + column + S.Width);
            }

            for (; column < size; column++)
            {
                var total = T.Zero;
                for (int start = 0, n = 0; start < images; start += perShare)
                {
                    var sum = T.Zero;
                    for (var end = Math.Min(images, start + perShare); n < end; n++) sum += factors[(nint)n * filters] * source[((nint)n * size) + column];
                    total += sum;
                }

                target[column] = total;
            }
        }
    }
}
