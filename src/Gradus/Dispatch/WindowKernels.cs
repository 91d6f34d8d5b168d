using Gradus.Kernels;

namespace Gradus;

/// <summary>From operands to the kernels of convolution and pooling.</summary>
internal static unsafe class WindowKernels
{
    public static Meta InferConvolution(Meta x, Meta weight, Meta? bias, ConvOptions options)
    {
        options.Validate("conv2d");
        if (x.Rank != 4 || weight.Rank != 4)
        {
            throw new GradusException(
                $"conv2d: the input is {x}, the weight {weight}; expected [images, channels, height, width] and [filters, channels / groups, height, width].");
        }

        var groups = options.Groups;
        if (x.Shape[1] != (long)weight.Shape[1] * groups)
        {
            var grouped = groups == 1 ? "" : FormattableString.Invariant($" in {groups} groups");
            throw new GradusException(FormattableString.Invariant(
                $"conv2d: the input is {x}, the weight {weight} expects {(long)weight.Shape[1] * groups} channels{grouped}, got {x.Shape[1]}."));
        }

        if (weight.Shape[0] % groups != 0)
        {
            throw new GradusException(FormattableString.Invariant($"conv2d: {weight.Shape[0]} filters cannot be divided into {groups} groups."));
        }

        if (weight.Shape[2] < 1 || weight.Shape[3] < 1) throw new GradusException($"conv2d: the weight is {weight}; its kernel is empty.");
        if (bias is { } b && (b.Rank != 1 || b.Shape[0] != weight.Shape[0]))
        {
            throw new GradusException($"conv2d: the bias is {b}, expected [{weight.Shape[0]}].");
        }

        _ = Shape.Size(x.Shape[2] + (2L * options.Padding.Height), "conv2d");
        _ = Shape.Size(x.Shape[3] + (2L * options.Padding.Width), "conv2d");
        var shape = Describe(x.Shape, weight.Shape, options);
        // The kernels read a row of windows in whole vectors, of at most 16 elements.
        _ = Shape.Size(x.Shape[3] + (2L * options.Padding.Width) + (16L * shape.StrideWidth), "conv2d");
        if (shape.OutHeight < 1 || shape.OutWidth < 1)
        {
            throw new GradusException($"conv2d: the input is {x}, too small for a kernel of {weight.Shape[2]}×{weight.Shape[3]}{After(options.ToString())}.");
        }

        return new Meta(Shape.Create([shape.Images, shape.Filters, shape.OutHeight, shape.OutWidth]), x.DType);
    }

    /// <summary>The shape of a convolution's input, if x is one of its results.</summary>
    public static Meta InferConvolutionInput(Meta x, Meta weight, ConvAdjointArgs args)
    {
        var input = new Meta(args.Shape, x.DType);
        var result = InferConvolution(input, weight, null, args.Options);
        return x.Shape == result.Shape ? input : throw Errors.DoesNotFit("convTranspose2d", "input", x.ToString(), result.ToString());
    }

    /// <summary>The shape of a convolution's weight, if y is a result for the input x.</summary>
    public static Meta InferConvolutionWeight(Meta x, Meta y, ConvAdjointArgs args)
    {
        var weight = new Meta(args.Shape, x.DType);
        var result = InferConvolution(x, weight, null, args.Options);
        return y.Shape == result.Shape ? weight : throw Errors.DoesNotFit("conv2dWeight", "gradient", y.ToString(), result.ToString());
    }

    public static void Convolution(Operand x, Operand weight, Operand bias, ConvOptions options, Operand z)
    {
        var shape = Describe(x.Shape, weight.Shape, options);
        if (z.DType == DType.Float32) Kernels.Convolution.Forward(in shape, x.As<float>(), weight.As<float>(), bias.As<float>(), z.As<float>());
        else Kernels.Convolution.Forward(in shape, x.As<double>(), weight.As<double>(), bias.As<double>(), z.As<double>());
    }

    public static void ConvolutionInput(Operand gradient, Operand weight, ConvAdjointArgs args, Operand dx)
    {
        var shape = Describe(args.Shape, weight.Shape, args.Options);
        if (dx.DType == DType.Float32) Kernels.Convolution.InputGradient(in shape, gradient.As<float>(), weight.As<float>(), dx.As<float>());
        else Kernels.Convolution.InputGradient(in shape, gradient.As<double>(), weight.As<double>(), dx.As<double>());
    }

    public static void ConvolutionWeight(Operand x, Operand gradient, ConvAdjointArgs args, Operand dw)
    {
        var shape = Describe(x.Shape, args.Shape, args.Options);
        if (dw.DType == DType.Float32) Kernels.Convolution.WeightGradient(in shape, x.As<float>(), gradient.As<float>(), dw.As<float>());
        else Kernels.Convolution.WeightGradient(in shape, x.As<double>(), gradient.As<double>(), dw.As<double>());
    }

    /// <summary>The shape that a pooling of <paramref name="x"/> has.</summary>
    public static Shape InferPool(string operation, Meta x, PoolArgs args)
    {
        if (x.Rank != 4) throw new GradusException($"{operation}: the input is {x}, expected [images, channels, height, width].");
        if (!args.Kernel.IsAtLeast(1) || !args.Stride.IsAtLeast(1) || !args.Dilation.IsAtLeast(1))
        {
            throw new GradusException($"{operation}: windows of {args}; all but the padding must be at least 1.");
        }

        if (!args.Padding.IsAtLeast(0) || 2L * args.Padding.Height > args.Kernel.Height || 2L * args.Padding.Width > args.Kernel.Width)
        {
            throw new GradusException($"{operation}: windows of {args}; the padding must be from 0 to half of the window.");
        }

        var shape = Describe(x.Shape, args);
        if (shape.OutHeight < 1 || shape.OutWidth < 1) throw new GradusException($"{operation}: the input is {x}, too small for windows of {args}.");
        var meets = Meets(shape.OutHeight, shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, shape.DilationHeight)
            && Meets(shape.OutWidth, shape.Width, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, shape.DilationWidth);
        if (!meets) throw new GradusException($"{operation}: the input is {x}; one of the windows of {args} sees nothing but padding.");
        return Shape.Create([x.Shape[0], x.Shape[1], shape.OutHeight, shape.OutWidth]);
    }

    public static void MaxPoolIndex(Operand x, PoolArgs args, Operand z)
    {
        var shape = Describe(x.Shape, args);
        if (x.DType == DType.Float32) MaxPooling.Index(in shape, x.As<float>(), z.As<long>());
        else MaxPooling.Index(in shape, x.As<double>(), z.As<long>());
    }

    public static void AvgPool(Operand x, PoolArgs args, Operand z)
    {
        var shape = Describe(x.Shape, args);
        if (z.DType == DType.Float32) AveragePooling.Forward(in shape, args.CountPadding, x.As<float>(), z.As<float>());
        else AveragePooling.Forward(in shape, args.CountPadding, x.As<double>(), z.As<double>());
    }

    public static void AvgPoolBackward(Operand gradient, PoolAdjointArgs args, Operand dx)
    {
        var shape = Describe(dx.Shape, args.Pool);
        if (dx.DType == DType.Float32) AveragePooling.Backward(in shape, args.Pool.CountPadding, gradient.As<float>(), dx.As<float>());
        else AveragePooling.Backward(in shape, args.Pool.CountPadding, gradient.As<double>(), dx.As<double>());
    }

    public static string After(string options) => options.Length == 0 ? "" : $" with {options}";

    // Without dilation a padding of at most half a window cannot hide a whole one.
    private static bool Meets(int windows, int size, int kernel, int stride, int padding, int dilation)
    {
        for (var window = 0; padding > 0 && dilation > 1 && window < windows; window++)
        {
            var span = new PoolSpan(window, size, kernel, stride, padding, dilation);
            if (span.First >= span.Last) return false;
        }

        return true;
    }

    private static ConvShape Describe(Shape x, Shape weight, ConvOptions options) => new(
        x[0], x[1], x[2], x[3], weight[0], weight[2], weight[3],
        StrideOf(x[2], weight[2], options.Stride.Height, options.Padding.Height, options.Dilation.Height),
        StrideOf(x[3], weight[3], options.Stride.Width, options.Padding.Width, options.Dilation.Width),
        options.Padding.Height, options.Padding.Width, options.Dilation.Height, options.Dilation.Width, options.Groups);

    // A stride past the end gives one window, as the shortest such stride does: kernels take memory, and time, for each position of a stride.
    private static int StrideOf(int size, int kernel, int stride, int padding, int dilation) =>
        (int)Math.Clamp(size + (2L * padding) - ((long)dilation * (kernel - 1)), 1, stride);

    public static PoolShape Describe(Shape x, PoolArgs args) => new(
        Shape.Size((long)x[0] * x[1], "pool2d"), x[2], x[3], args.Kernel.Height, args.Kernel.Width, args.Stride.Height, args.Stride.Width,
        args.Padding.Height, args.Padding.Width,
        args.Dilation.Height, args.Dilation.Width);
}
