namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>Three-dimensional convolution (cross-correlation): [N, C, D, H, W] → [N, O, D′, H′, W′], sizes as in <see cref="Conv2d"/>.</summary>
    /// <remarks>The windows along the depth become channels, and <see cref="Conv2d"/> does the rest: the input is kept as often as a filter is deep.</remarks>
    /// <param name="weight">w, shaped [O, C / groups, d, h, w].</param>
    /// <param name="bias">b, shaped [O], or none.</param>
    /// <param name="options">Stride, padding, dilation, groups; the defaults if left out.</param>
    /// <exception cref="GradusException">The shapes do not fit each other or the options.</exception>
    public Tensor Conv3d(Tensor weight, Tensor? bias = null, Conv3dOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        options ??= Conv3dOptions.Default;
        ExpectConv3d("conv3d", weight, options, "[filters, channels / groups, depth, height, width]");
        if (Shape[1] != (long)weight.Shape[1] * options.Groups)
        {
            var expected = (long)weight.Shape[1] * options.Groups;
            throw new GradusException(FormattableString.Invariant(
                $"conv3d: the input is {Describe()}, the weight {weight.Describe()} expects {expected} channels, got {Shape[1]}."));
        }

        var (stride, padding, dilation) = (options.Stride, options.Padding, options.Dilation);
        ExpectRoom(Shape[2], weight.Shape[2], padding.Depth, dilation.Depth);
        ExpectRoom(Shape[3], weight.Shape[3], padding.Height, dilation.Height);
        ExpectRoom(Shape[4], weight.Shape[4], padding.Width, dilation.Width);
        var (images, channels, filters, depth) = (Shape[0], weight.Shape[1], weight.Shape[0], weight.Shape[2]);
        // [images, windows, channels, depth of the kernel, height, width]: a channel's slices stay together, and with them its group.
        var windows = Ops.Unfold.Apply(Pad(2, padding.Depth, padding.Depth), new UnfoldArgs(2, depth, stride.Depth, dilation.Depth)).Permute(0, 2, 1, 5, 3, 4);
        var slices = windows.Reshape(
            Shape.Size((long)images * windows.Shape[1], "conv3d"), Shape.Size((long)Shape[1] * depth, "conv3d"), Shape[3], Shape[4]);
        var result = slices.Conv2d(
            weight.Reshape(filters, Shape.Size((long)channels * depth, "conv3d"), weight.Shape[3], weight.Shape[4]), bias, options.Plane);
        return result.Reshape(images, windows.Shape[1], filters, result.Shape[2], result.Shape[3]).Transpose(1, 2).Contiguous();

        void ExpectRoom(int size, int kernel, int around, int apart)
        {
            if (kernel > 0 && size + (2L * around) > (long)apart * (kernel - 1)) return;
            throw new GradusException($"conv3d: the input is {Describe()}, too small for a kernel of {weight.Shape[2]}×{weight.Shape[3]}×{weight.Shape[4]}" +
                $"{WindowKernels.After(options.ToString())}.");
        }
    }

    /// <summary>
    /// Transposed convolution of volumes, the adjoint of <see cref="Conv3d"/>: [N, C, D, H, W] → [N, O, D′, H′, W′], sizes as in
    /// <see cref="ConvTranspose2d"/>.
    /// </summary>
    /// <param name="weight">w, shaped [C, O / groups, d, h, w].</param>
    /// <param name="bias">b, shaped [O], or none.</param>
    /// <param name="options">Those of the convolution whose adjoint this is; the defaults if left out.</param>
    /// <param name="outputPadding">Slices, rows and columns added to the result at its end, fewer than the stride or the dilation.</param>
    /// <exception cref="GradusException">The shapes do not fit each other or the options.</exception>
    public Tensor ConvTranspose3d(Tensor weight, Tensor? bias = null, Conv3dOptions? options = null, Size3 outputPadding = default)
    {
        ArgumentNullException.ThrowIfNull(weight);
        options ??= Conv3dOptions.Default;
        ExpectConv3d("convTranspose3d", weight, options, "[channels, filters / groups, depth, height, width]");
        if (Shape[1] != weight.Shape[0] || Shape[1] % options.Groups != 0)
        {
            throw new GradusException(FormattableString.Invariant(
                $"convTranspose3d: the input is {Describe()}, the weight {weight.Describe()} expects {weight.Shape[0]} channels in {options.Groups} groups."));
        }

        var filters = Shape.Size((long)weight.Shape[1] * options.Groups, "convTranspose3d");
        if (bias is not null && (bias.Rank != 1 || bias.Shape[0] != filters))
        {
            throw new GradusException($"convTranspose3d: the bias is {bias.Describe()}, expected [{filters}].");
        }

        var (stride, padding, dilation) = (options.Stride, options.Padding, options.Dilation);
        var most = new Size3(Most(stride.Depth, dilation.Depth), Most(stride.Height, dilation.Height), Most(stride.Width, dilation.Width));
        if (!outputPadding.IsAtLeast(0) || outputPadding.Depth > most.Depth || outputPadding.Height > most.Height || outputPadding.Width > most.Width)
        {
            throw new GradusException($"convTranspose3d: an output padding of {outputPadding}; expected from 0 to {most}, below the stride or the dilation.");
        }

        // Without the padding, which is cut off the end result.
        var depth = Extent(Shape[2], weight.Shape[2], stride.Depth, padding.Depth, dilation.Depth, outputPadding.Depth);
        Extent(Shape[3], weight.Shape[3], stride.Height, padding.Height, dilation.Height, outputPadding.Height);
        Extent(Shape[4], weight.Shape[4], stride.Width, padding.Width, dilation.Width, outputPadding.Width);
        var (images, windows, taps) = (Shape[0], Shape[2], weight.Shape[2]);
        var slices = Transpose(1, 2).Reshape(Shape.Size((long)images * windows, "convTranspose3d"), Shape[1], Shape[3], Shape[4]);
        // Each slice spreads along height and width, once for each tap along the depth; then the taps add up there.
        var spread = slices.ConvTranspose2d(
            weight.Reshape(Shape[1], Shape.Size((long)weight.Shape[1] * taps, "convTranspose3d"), weight.Shape[3], weight.Shape[4]), null, options.Plane,
            outputPadding.Plane);
        var (height, width) = (spread.Shape[2], spread.Shape[3]);
        var result = Ops.OverlapAdd.Apply(
            spread.Reshape(images, windows, filters, taps, height, width).Permute(0, 2, 1, 4, 5, 3),
            new OverlapArgs(new UnfoldArgs(2, taps, stride.Depth, dilation.Depth), [images, filters, depth, height, width]));
        result = result.Pad(2, -padding.Depth, outputPadding.Depth - padding.Depth);
        return bias is null ? result : result + bias.Reshape(-1, 1, 1, 1);

        static int Most(int step, int apart) => Math.Max(step, apart) - 1;

        int Extent(int size, int kernel, int step, int cut, int apart, int more)
        {
            var extent = ((size - 1L) * step) + ((long)apart * (kernel - 1)) + 1;
            return extent - (2L * cut) + more >= 1 && size > 0 && kernel > 0
                ? Shape.Size(extent, "convTranspose3d")
                : throw new GradusException($"convTranspose3d: the input is {Describe()}, " +
                    $"too small for a kernel of {weight.Shape[2]}×{weight.Shape[3]}×{weight.Shape[4]}{WindowKernels.After(options.ToString())}.");
        }
    }

    private void ExpectConv3d(string operation, Tensor weight, Conv3dOptions options, string form)
    {
        options.Validate(operation);
        if (Rank == 5 && weight.Rank == 5) return;
        throw new GradusException(
            $"{operation}: the input is {Describe()}, the weight {weight.Describe()}; expected [samples, channels, depth, height, width] and {form}.");
    }
}
