using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>Two-dimensional convolution (cross-correlation, as the field has it) of float or double, and its two adjoints. All operands are dense.</summary>
/// <remarks>
/// Every sum is cut by <see cref="ProductSegments"/> into chains of fused multiply-adds, in the order (channel, kernel row, kernel column); padding takes part
/// as zeros, so an infinite weight over the padding gives NaN, on every path. The sum for a weight's gradient is cut into bands of rows, each one chain; bands
/// are added in order within an image, images within a fixed share of the batch, and the shares at the end. So threads, vector widths and the rest of the batch
/// change no bit.
/// </remarks>
internal static unsafe class Convolution
{
    private const int NarrowGroup = 4;

    /// <summary>y[n, o] = Σ over (c, i, j) of x[n, c, …] · w[o, c, i, j], + bias[o] unless that is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(in ConvShape shape, T* x, T* weight, T* bias, T* y) where T : unmanaged, INumber<T>
    {
        var product = new WindowProduct<T>
        {
            Vertical = WindowAxis.Forward(shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, shape.DilationHeight),
            Images = shape.Images,
            Groups = shape.Groups,
            Inner = shape.GroupChannels,
            Lanes = shape.GroupFilters,
            Source = x,
            Height = shape.Height,
            Width = shape.Width,
            Weights = weight,
            WeightGroup = (nint)shape.GroupFilters * shape.FilterSize,
            WeightLane = shape.FilterSize,
            WeightInner = shape.Taps,
            KernelWidth = shape.KernelWidth,
            Bias = bias,
            Target = y,
            TargetHeight = shape.OutHeight,
            TargetWidth = shape.OutWidth,
        };
        Run(ref product, [WindowAxis.Forward(shape.Width, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, shape.DilationWidth)]);
    }

    /// <summary>dx[n, c] = Σ over (o, i, j) of g[n, o, …] · w[o, c, i, j]: the gradient to the input, which is the transposed convolution of g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient<T>(in ConvShape shape, T* gradient, T* weight, T* dx) where T : unmanaged, INumber<T>
    {
        if (IsPointwise(in shape) && shape.GroupChannels > NarrowGroup)
        {
            PointwiseInputGradient(in shape, gradient, weight, dx);
            return;
        }

        if (shape.InImage == 0) return;
        if (SinglePoint<T>.FitsInput(in shape))
        {
            SinglePoint<T>.InputGradient(in shape, gradient, weight, dx);
            return;
        }

        // Phases in the order of the columns that they give: phase (column + padding) modulo the stride.
        var columns = Math.Min(shape.StrideWidth, shape.Width);
        using var scratch = Buffers.Rent((nint)columns * sizeof(WindowAxis));
        var axes = new Span<WindowAxis>(scratch.Pointer, columns);
        for (var column = 0; column < columns; column++)
        {
            var phase = (int)((column + (long)shape.PaddingWidth) % shape.StrideWidth);
            axes[column] = WindowAxis.Backward(shape.Width, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, shape.DilationWidth, phase);
        }

        for (var row = 0; row < shape.StrideHeight; row++)
        {
            var product = new WindowProduct<T>
            {
                Vertical = WindowAxis.Backward(shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, shape.DilationHeight, row),
                Images = shape.Images,
                Groups = shape.Groups,
                Inner = shape.GroupFilters,
                Lanes = shape.GroupChannels,
                Source = gradient,
                Height = shape.OutHeight,
                Width = shape.OutWidth,
                Weights = weight,
                WeightGroup = (nint)shape.GroupFilters * shape.FilterSize,
                WeightLane = shape.Taps,
                WeightInner = shape.FilterSize,
                KernelWidth = shape.KernelWidth,
                Target = dx,
                TargetHeight = shape.Height,
                TargetWidth = shape.Width,
            };
            Run(ref product, axes);
        }
    }

    /// <summary>dw[o, c, i, j] = Σ over (n, p, q) of g[n, o, p, q] · x[n, c, …]: the gradient to the weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightGradient<T>(in ConvShape shape, T* x, T* gradient, T* dw) where T : unmanaged, INumber<T>
    {
        if (Vector512.IsHardwareAccelerated) WeightGradient<T, ProductLanes512<T>, Simd512<T>, Vector512<T>>(in shape, x, gradient, dw);
        else if (Vector256.IsHardwareAccelerated) WeightGradient<T, ProductLanes256<T>, Simd256<T>, Vector256<T>>(in shape, x, gradient, dw);
        else WeightGradient<T, ProductLanes128<T>, Simd128<T>, Vector128<T>>(in shape, x, gradient, dw);
    }

    private static void Run<T>(ref WindowProduct<T> product, ReadOnlySpan<WindowAxis> axes) where T : unmanaged, INumber<T>
    {
        if (Vector512.IsHardwareAccelerated) Run<T, ProductLanes512<T>, Simd512<T>, Vector512<T>>(ref product, axes);
        else if (Vector256.IsHardwareAccelerated) Run<T, ProductLanes256<T>, Simd256<T>, Vector256<T>>(ref product, axes);
        else Run<T, ProductLanes128<T>, Simd128<T>, Vector128<T>>(ref product, axes);
    }

    /// <summary>The product with each of these as its windows along the width.</summary>
    private static void Run<T, TLanes, TSimd, TVector>(ref WindowProduct<T> product, ReadOnlySpan<WindowAxis> axes)
        where T : unmanaged, INumber<T> where TLanes : IProductLanes<T, TVector> where TSimd : ISimd<T, TVector> where TVector : struct
    {
        var byRows = false;
        foreach (var axis in axes)
        {
            product.Horizontal = axis;
            byRows |= WindowRows<T, TSimd, TVector>.Fits(in product);
        }

        product.Horizontal = axes[0];
        if (!byRows)
        {
            if (axes.Length == 1 && WindowPatches<T, TLanes, TVector>.Fits(in product)) WindowPatches<T, TLanes, TVector>.Run(in product);
            else WindowEngine<T, TLanes, TVector>.Run(in product, axes);
            return;
        }

        foreach (var axis in axes)
        {
            product.Horizontal = axis;
            if (WindowRows<T, TSimd, TVector>.Fits(in product)) WindowRows<T, TSimd, TVector>.Run(in product);
            else WindowEngine<T, TLanes, TVector>.Run(in product);
        }
    }

    private static void WeightGradient<T, TLanes, TSimd, TVector>(in ConvShape shape, T* x, T* gradient, T* dw)
        where T : unmanaged, INumber<T> where TLanes : IProductLanes<T, TVector> where TSimd : ISimd<T, TVector> where TVector : struct
    {
        if (shape.Images == 0 || shape.OutPlane == 0) new Span<T>(dw, checked((int)((nint)shape.Filters * shape.FilterSize))).Clear();
        else if (SinglePoint<T>.FitsWeight(in shape)) SinglePoint<T>.WeightGradient(in shape, x, gradient, dw);
        else if (DepthwiseWeights<T, TSimd, TVector>.Fits(in shape)) DepthwiseWeights<T, TSimd, TVector>.Run(in shape, x, gradient, dw);
        else WeightGradientEngine<T, TLanes, TVector>.Run(Flattened(in shape), x, gradient, dw);
    }

    private static bool IsPointwise(in ConvShape shape) => shape is { Taps: 1, StrideHeight: 1, StrideWidth: 1, PaddingHeight: 0, PaddingWidth: 0 };

    /// <summary>
    /// dx = Wᵀ·G for each image and group: sums over few filters for many channels, where transposing the tiles would take a fifth of the time.
    /// </summary>
    private static void PointwiseInputGradient<T>(in ConvShape shape, T* gradient, T* weight, T* dx) where T : unmanaged, INumber<T>
    {
        int units = shape.Images * shape.Groups, channels = shape.GroupChannels, filters = shape.GroupFilters, points = checked((int)shape.InPlane);
        using var scratch = Buffers.Rent((nint)3 * units * sizeof(nint));
        var offsets = (nint*)scratch.Pointer;
        for (var unit = 0; unit < units; unit++)
        {
            offsets[unit] = unit % shape.Groups * (nint)filters * channels;
            offsets[units + unit] = (nint)unit * filters * points;
            offsets[(2 * units) + unit] = (nint)unit * channels * points;
        }

        Gemm.RunBatched(units, new(offsets, units), new(offsets + units, units), new(offsets + (2 * units), units),
            channels, points, filters, weight, 1, channels, gradient, points, 1, dx, points);
    }

    /// <summary>Where windows are single points, rows need not be told apart, so that they are copied and packed whole.</summary>
    private static ConvShape Flattened(in ConvShape shape) =>
        IsPointwise(in shape) && shape.InPlane <= WeightGradientPlan.LongestChain ? shape with { Height = 1, Width = (int)shape.InPlane } : shape;
}
