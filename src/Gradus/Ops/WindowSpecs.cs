using Gradus.Kernels;

namespace Gradus;

/// <summary>
/// Convolution and pooling as Tensor arithmetic, tap by tap: for each tap of the kernel, all windows at once are one strided slice of the padded image.
/// </summary>
internal static class WindowSpecs
{
    /// <summary>Σ over taps of weight[tap] · slice[tap].</summary>
    public static Tensor Convolution(Tensor x, Tensor w, ConvOptions options)
    {
        var taps = Taps.Of(x.Shape, w.Shape, options);
        var padded = Pad(x, options.Padding, 0);
        return taps.All.Select(tap => taps.Weight(w, tap).MatMul(taps.Window(padded, tap))).Aggregate(static (sum, part) => sum + part)
            .Reshape(x.Shape[0], w.Shape[0], taps.Height, taps.Width);
    }

    /// <summary>Σ over taps of weight[tap]ᵀ · g, each put where the tap's slice was.</summary>
    public static Tensor Transposed(Tensor g, Tensor w, ConvAdjointArgs args)
    {
        var taps = Taps.Of(args.Shape, w.Shape, args.Options);
        var padding = args.Options.Padding;
        Shape padded = [args.Shape[0], args.Shape[1], args.Shape[2] + (2 * padding.Height), args.Shape[3] + (2 * padding.Width)];
        var grouped = taps.Grouped(g, g.Shape[1]);
        return taps.All
            .Select(tap => taps.Spread(
                taps.Weight(w, tap).Transpose().MatMul(grouped).Reshape(args.Shape[0], args.Shape[1], taps.Height, taps.Width), tap, padded))
            .Aggregate(static (sum, part) => sum + part)
            .Slice(2, padding.Height, args.Shape[2]).Slice(3, padding.Width, args.Shape[3]);
    }

    /// <summary>For each tap g · slice[tap]ᵀ, summed over the images.</summary>
    public static Tensor Weight(Tensor x, Tensor g, ConvAdjointArgs args)
    {
        var taps = Taps.Of(x.Shape, args.Shape, args.Options);
        var padded = Pad(x, args.Options.Padding, 0);
        var grouped = taps.Grouped(g, g.Shape[1]);
        var parts = taps.All.Select(tap => grouped.MatMul(taps.Window(padded, tap).Transpose()).Sum(0).Reshape(args.Shape[0], args.Shape[1])).ToArray();
        return Tensor.Stack(parts, 2).Reshape(args.Shape);
    }

    /// <summary>The greatest of the slices of all taps.</summary>
    public static Tensor MaxPool(Tensor x, PoolArgs args) =>
        Tensor.Stack([.. Slices(Pad(x, args.Padding, double.NegativeInfinity), x.Shape, args)], 0).Max(0).Value;

    /// <summary>The sum of the slices of all taps, divided by their number.</summary>
    public static Tensor AvgPool(Tensor x, PoolArgs args)
    {
        var sum = Slices(Pad(x, args.Padding, 0), x.Shape, args).Aggregate(static (sum, part) => sum + part);
        if (args.CountPadding) return sum / ((double)args.Kernel.Height * args.Kernel.Width);
        // The number of taps inside the image is the same sum over an image of ones.
        return sum / Slices(Pad(Tensor.Ones(x.Shape, x.DType), args.Padding, 0), x.Shape, args).Aggregate(static (sum, part) => sum + part);
    }

    private static IEnumerable<Tensor> Slices(Tensor padded, Shape image, PoolArgs args)
    {
        var options = new ConvOptions { Stride = args.Stride, Padding = args.Padding, Dilation = args.Dilation };
        var taps = Taps.Of(image, [1, 1, args.Kernel.Height, args.Kernel.Width], options);
        return taps.All.Select(tap => taps.Slice(padded, tap));
    }

    private static Tensor Pad(Tensor x, Size2 padding, double value) => Pad(Pad(x, 2, padding.Height, value), 3, padding.Width, value);

    private static Tensor Pad(Tensor x, int axis, int size, double value)
    {
        if (size == 0) return x;
        var sizes = x.Shape.ToArray();
        sizes[axis] = size;
        var border = Tensor.Full(Shape.Create(sizes), value, x.DType);
        return Tensor.Concat([border, x, border], axis);
    }

    /// <summary>The taps of a kernel, and the slices of an image that they see.</summary>
    private sealed record Taps(int Images, int Height, int Width, int KernelHeight, int KernelWidth, ConvOptions Options)
    {
        public IEnumerable<Size2> All =>
            from row in Enumerable.Range(0, KernelHeight) from column in Enumerable.Range(0, KernelWidth) select new Size2(row, column);

        public static Taps Of(Shape x, Shape w, ConvOptions options) => new(
            x[0],
            ConvShape.Extent(x[2], w[2], options.Stride.Height, options.Padding.Height, options.Dilation.Height),
            ConvShape.Extent(x[3], w[3], options.Stride.Width, options.Padding.Width, options.Dilation.Width),
            w[2], w[3], options);

        /// <summary>[N, C, H′, W′]: what the tap sees in each window.</summary>
        public Tensor Slice(Tensor padded, Size2 tap) => padded
            .Slice(2, tap.Height * Options.Dilation.Height, Height, Options.Stride.Height)
            .Slice(3, tap.Width * Options.Dilation.Width, Width, Options.Stride.Width);

        /// <summary>[N, groups, C / groups, H′ · W′].</summary>
        public Tensor Window(Tensor padded, Size2 tap) => Grouped(Slice(padded, tap), padded.Shape[1]);

        public Tensor Grouped(Tensor x, int channels) => x.Reshape(Images, Options.Groups, channels / Options.Groups, Height * Width);

        /// <summary>[groups, O / groups, C / groups].</summary>
        public Tensor Weight(Tensor w, Size2 tap) =>
            w.Select(2, tap.Height).Select(2, tap.Width).Reshape(Options.Groups, w.Shape[0] / Options.Groups, w.Shape[1]);

        /// <summary>Zeros, with x where the tap's slice lies.</summary>
        public Tensor Spread(Tensor x, Size2 tap, Shape padded)
        {
            Shape tall = [x.Shape[0], x.Shape[1], padded[2], x.Shape[3]];
            var rows = Ops.Embed.Apply(x, new EmbedArgs(new SliceArgs(2, tap.Height * Options.Dilation.Height, Height, Options.Stride.Height), tall));
            return Ops.Embed.Apply(rows, new EmbedArgs(new SliceArgs(3, tap.Width * Options.Dilation.Width, Width, Options.Stride.Width), padded));
        }
    }
}
