using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The gradient of the weights of a convolution with one channel in each group.</summary>
/// <remarks>
/// The lanes of a vector are neighboring windows: 64 bytes of them, however wide the hardware's vectors are. In each image a lane is one chain of fused
/// multiply-adds over its windows; images are added in order within a share of the batch, the shares in order, and the lanes by halves. Rows are filled up with
/// windows whose gradient is zero; a sum in which one of these met an infinity or NaN of the image is made anew, window by window.
/// </remarks>
internal static unsafe class DepthwiseWeights<T, S, V>
    where T : unmanaged, INumber<T>
    where S : ISimd<T, V>
    where V : struct
{
    private const int WantedChunks = 16;

    private static int Lanes => 64 / sizeof(T);

    /// <summary>Whether this is the way for a shape.</summary>
    public static bool Fits(in ConvShape shape) => shape.GroupChannels == 1 && shape.GroupFilters <= 4 && shape.Groups > 1;

    /// <summary>Computes dw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in ConvShape shape, T* x, T* gradient, T* dw)
    {
        var step = shape.StrideWidth;
        var columns = (shape.OutWidth + Lanes - 1) / Lanes * Lanes;
        var cover = ((columns - 1) * step) + ((shape.KernelWidth - 1) * shape.DilationWidth) + 1;
        var pitch = (cover + step - 1) / step * step;
        var shares = Math.Min(shape.Images, WantedChunks);
        var shareImages = ((shape.Images - 1) / shares) + 1;
        shares = ((shape.Images - 1) / shareImages) + 1;
        nint sumElements = (nint)shape.Taps * Lanes, offsetBytes = (((nint)shape.Taps * sizeof(nint)) + 63) & -64;
        using var scratch = Buffers.Rent(offsetBytes + (shares * shape.Filters * sumElements * sizeof(T)));
        var offsets = (nint*)scratch.Pointer;
        var totals = (T*)(scratch.Pointer + offsetBytes);
        for (var tap = 0; tap < shape.Taps; tap++)
        {
            int y = tap / shape.KernelWidth * shape.DilationHeight, column = tap % shape.KernelWidth * shape.DilationWidth;
            offsets[tap] = (((nint)y * pitch) + (column % step * (pitch / step)) + (column / step)) * sizeof(T);
        }

        var job = new Job(shape, columns, pitch, shareImages, offsets, x, gradient, totals);
        Workers.Run(shape.Work, shares, in job);
        for (var share = 1; share < shares; share++) Add(totals + (share * shape.Filters * sumElements), totals, shape.Filters * sumElements);
        for (nint index = 0; index < (nint)shape.Filters * shape.Taps; index++)
        {
            dw[index] = Halve(totals + (index * Lanes));
            if (columns == shape.OutWidth || !T.IsNaN(dw[index])) continue;
            dw[index] = WithoutFill(in shape, (int)(index / shape.Taps), (int)(index % shape.Taps), x, gradient);
        }
    }

    /// <summary>The sum for one tap over the windows that there are.</summary>
    private static T WithoutFill(in ConvShape shape, int filter, int tap, T* x, T* gradient)
    {
        var top = (tap / shape.KernelWidth * shape.DilationHeight) - shape.PaddingHeight;
        var left = (tap % shape.KernelWidth * shape.DilationWidth) - shape.PaddingWidth;
        var sum = T.Zero;
        for (nint n = 0; n < shape.Images; n++)
        {
            T* plane = x + (n * shape.InImage) + (filter / shape.GroupFilters * shape.InPlane), g = gradient + (n * shape.OutImage) + (filter * shape.OutPlane);
            for (var window = 0; window < shape.OutPlane; window++)
            {
                int y = top + (window / shape.OutWidth * shape.StrideHeight), column = left + (window % shape.OutWidth * shape.StrideWidth);
                var isInside = (uint)y < (uint)shape.Height && (uint)column < (uint)shape.Width;
                sum += g[window] * (isInside ? plane[((nint)y * shape.Width) + column] : T.Zero);
                if (T.IsNaN(sum)) return sum;
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* from, T* to, nint count)
    {
        for (nint i = 0; i < count; i += S.Width) S.Store(S.Add(S.Load(to + i), S.Load(from + i)), to + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Halve(T* lanes)
    {
        for (var half = Lanes / 2; half > 0; half /= 2)
        {
            for (var lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
        }

        return *lanes;
    }

    /// <summary>A chunk is a share of the batch, filter after filter as they lie in memory.</summary>
    private readonly struct Job(ConvShape shape, int columns, int pitch, int shareImages, nint* offsets, T* x, T* gradient, T* totals) : IJob
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            var rows = ((shape.OutHeight - 1) * shape.StrideHeight) + ((shape.KernelHeight - 1) * shape.DilationHeight) + 1;
            nint imageElements = (nint)rows * pitch, gradientElements = (nint)shape.OutHeight * columns, sumElements = (nint)shape.Taps * Lanes;
            using var scratch = Buffers.Rent((imageElements + gradientElements + sumElements) * sizeof(T));
            T* sums = (T*)scratch.Pointer, g = sums + sumElements, image = g + gradientElements;
            var first = chunk * shareImages;
            var last = Math.Min(shape.Images, first + shareImages);
            for (var n = first; n < last; n++)
            {
                for (var filter = 0; filter < shape.Filters; filter++)
                {
                    var total = totals + ((((nint)chunk * shape.Filters) + filter) * sumElements);
                    if (filter % shape.GroupFilters == 0)
                    {
                        PaddedBand.Copy(x + (n * shape.InImage) + (filter / shape.GroupFilters * shape.InPlane), 1, shape.Height, shape.Width,
                            -shape.PaddingHeight, rows, -shape.PaddingWidth, pitch, image, 0, shape.StrideWidth);
                    }

                    PaddedBand.Copy(gradient + (n * shape.OutImage) + (filter * shape.OutPlane), 1, shape.OutHeight,
                        shape.OutWidth, 0, shape.OutHeight, 0, columns, g, 0);
                    Image(g, image, n == first ? total : sums);
                    if (n > first) Add(sums, total, sumElements);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Image(T* g, T* image, T* sums)
        {
            var xRow = (nint)shape.StrideHeight * pitch;
            for (var lane = 0; lane < Lanes; lane += S.Width)
            {
                for (var tap = 0; tap < shape.Taps; tap += DepthwiseTaps<T, S, V>.Most)
                {
                    DepthwiseTaps<T, S, V>.Run(Math.Min(DepthwiseTaps<T, S, V>.Most, shape.Taps - tap), g + lane, columns, image + lane, xRow, offsets + tap,
                        shape.OutHeight, columns, Lanes, sums + ((nint)tap * Lanes) + lane);
                }
            }
        }
    }
}
