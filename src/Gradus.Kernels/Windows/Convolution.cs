using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>Two-dimensional convolution (cross-correlation, as the field has it) of float or double, and its two adjoints. All operands are dense.</summary>
/// <remarks>
/// Every sum is cut by <see cref="ProductSegments"/> into chains of fused multiply-adds, in the order (channel, kernel row, kernel column); padding takes part as
/// zeros, so an infinite weight over the padding gives NaN, on every path. The sum for a weight's gradient is cut into bands of rows, each one chain; bands are
/// added in order within an image, images within a fixed share of the batch, and the shares at the end. So threads, vector widths and the rest of the batch change no bit.
/// </remarks>
internal static unsafe class Convolution
{
    /// <summary>y[n, o] = Σ over (c, i, j) of x[n, c, …] · w[o, c, i, j], + bias[o] unless that is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(in ConvShape shape, T* x, T* weight, T* bias, T* y) where T : unmanaged, INumber<T>
    {
        var product = new WindowProduct<T>
        {
            Vertical = WindowAxis.Forward(shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, shape.DilationHeight),
            Horizontal = WindowAxis.Forward(shape.Width, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, shape.DilationWidth),
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
        Run(in product);
    }

    /// <summary>dx[n, c] = Σ over (o, i, j) of g[n, o, …] · w[o, c, i, j]: the gradient to the input, which is the transposed convolution of g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient<T>(in ConvShape shape, T* gradient, T* weight, T* dx) where T : unmanaged, INumber<T>
    {
        for (var row = 0; row < shape.StrideHeight; row++)
        {
            for (var column = 0; column < shape.StrideWidth; column++)
            {
                var product = new WindowProduct<T>
                {
                    Vertical = WindowAxis.Backward(shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, shape.DilationHeight, row),
                    Horizontal = WindowAxis.Backward(shape.Width, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, shape.DilationWidth, column),
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
                Run(in product);
            }
        }
    }

    /// <summary>dw[o, c, i, j] = Σ over (n, p, q) of g[n, o, p, q] · x[n, c, …]: the gradient to the weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightGradient<T>(in ConvShape shape, T* x, T* gradient, T* dw) where T : unmanaged, INumber<T>
    {
        if (Vector512.IsHardwareAccelerated) WeightGradientEngine<T, ProductLanes512<T>, Vector512<T>>.Run(in shape, x, gradient, dw);
        else if (Vector256.IsHardwareAccelerated) WeightGradientEngine<T, ProductLanes256<T>, Vector256<T>>.Run(in shape, x, gradient, dw);
        else WeightGradientEngine<T, ProductLanes128<T>, Vector128<T>>.Run(in shape, x, gradient, dw);
    }

    private static void Run<T>(in WindowProduct<T> product) where T : unmanaged, INumber<T>
    {
        if (Vector512.IsHardwareAccelerated) WindowEngine<T, ProductLanes512<T>, Vector512<T>>.Run(in product);
        else if (Vector256.IsHardwareAccelerated) WindowEngine<T, ProductLanes256<T>, Vector256<T>>.Run(in product);
        else WindowEngine<T, ProductLanes128<T>, Vector128<T>>.Run(in product);
    }
}
