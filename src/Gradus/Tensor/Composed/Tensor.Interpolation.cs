namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>An image brought to another height and width: [N, C, H, W] → [N, C, height, width].</summary>
    /// <remarks>
    /// The middle of cell i lies at i + ½; result i sees position (i + ½)·H / height − ½, or, with aligned corners, i·(H − 1) / (height − 1). Shrinking does
    /// not average.
    /// </remarks>
    /// <param name="size">The height and width of the result.</param>
    /// <param name="mode">How values between positions are found.</param>
    /// <param name="alignCorners">Whether the corners of the image keep their values; not for <see cref="InterpolationMode.Nearest"/>.</param>
    /// <exception cref="GradusException">The input is not [N, C, H, W], or a size is not positive.</exception>
    public Tensor Interpolate2d(Size2 size, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        ExpectInterpolation("interpolate2d", 4, size, mode, alignCorners);
        return Resized(size, (double)Shape[2] / size.Height, (double)Shape[3] / size.Width, mode, alignCorners);
    }

    /// <summary>A line brought to another length: [N, C, L] → [N, C, size].</summary>
    /// <param name="size">The length of the result.</param>
    /// <param name="mode">How values between positions are found.</param>
    /// <param name="alignCorners">Whether the ends of the line keep their values; not for <see cref="InterpolationMode.Nearest"/>.</param>
    /// <exception cref="GradusException">The input is not [N, C, L], or a size is not positive.</exception>
    public Tensor Interpolate1d(int size, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        ExpectInterpolation("interpolate1d", 3, size, mode, alignCorners);
        return Interpolation.Resize(this, 2, size, (double)Shape[2] / size, mode, alignCorners);
    }

    /// <summary>A volume brought to another depth, height and width: [N, C, D, H, W] → [N, C, depth, height, width].</summary>
    /// <param name="size">The depth, height and width of the result.</param>
    /// <param name="mode">How values between positions are found.</param>
    /// <param name="alignCorners">Whether the corners of the volume keep their values; not for <see cref="InterpolationMode.Nearest"/>.</param>
    /// <exception cref="GradusException">The input is not [N, C, D, H, W], or a size is not positive.</exception>
    public Tensor Interpolate3d(Size3 size, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        ExpectVolumes("interpolate3d", size, mode, alignCorners);
        return Interpolation.Resize(this, 2, size.Depth, (double)Shape[2] / size.Depth, mode, alignCorners)
            .Resized(size.Plane, (double)Shape[3] / size.Height, (double)Shape[4] / size.Width, mode, alignCorners);
    }

    /// <summary>A line [N, C, L], an image [N, C, H, W] or a volume [N, C, D, H, W] enlarged by a factor.</summary>
    /// <remarks>Sizes are rounded down; positions are 1 / scale apart.</remarks>
    /// <param name="scale">The factor, above 0.</param>
    /// <param name="mode">How values between positions are found.</param>
    /// <param name="alignCorners">Whether the corners keep their values; not for <see cref="InterpolationMode.Nearest"/>.</param>
    /// <exception cref="GradusException">The input has other axes, or nothing is left.</exception>
    public Tensor Upsample(double scale, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        if (!(scale > 0) || double.IsInfinity(scale) || Rank is not (3 or 4 or 5))
        {
            throw new GradusException(FormattableString.Invariant(
                $"upsample: the input is {Describe()}, the scale {scale}; expected [N, C, L], [N, C, H, W] or [N, C, D, H, W] and a scale above 0."));
        }

        if (Rank == 5) return UpsampleVolumes(scale, mode, alignCorners);
        Size2 size = (Rank == 4 ? Gradus.Shape.Size((long)(Shape[2] * scale), "upsample") : 1, Gradus.Shape.Size((long)(Shape[-1] * scale), "upsample"));
        ExpectInterpolation("upsample", Rank, size, mode, alignCorners);
        return Rank == 4
            ? Resized(size, 1 / scale, 1 / scale, mode, alignCorners)
            : Interpolation.Resize(this, 2, size.Width, 1 / scale, mode, alignCorners);
    }

    /// <summary>Channels become pixels: [N, C·r², H, W] → [N, C, H·r, W·r], out[n, c, h·r + i, w·r + j] = x[n, c·r² + i·r + j, h, w].</summary>
    /// <remarks>Shi et al., "Real-time single image and video super-resolution using an efficient sub-pixel convolutional neural network", 2016.</remarks>
    /// <param name="factor">r, at least 1.</param>
    /// <exception cref="GradusException">The channels cannot be divided by r².</exception>
    public Tensor PixelShuffle(int factor)
    {
        if (Rank != 4 || factor is < 1 or > 4096 || Shape[1] % (factor * factor) != 0)
        {
            throw new GradusException(FormattableString.Invariant(
                $"pixelShuffle: the input is {Describe()}, the factor {factor}; expected [N, C·{factor}², H, W] and a factor from 1 to 4096."));
        }

        var (images, channels, height, width) = (Shape[0], Shape[1] / (factor * factor), Shape[2], Shape[3]);
        return Reshape(images, channels, factor, factor, height, width).Permute(0, 1, 4, 2, 5, 3).Reshape(images, channels, height * factor, width * factor);
    }

    /// <summary>Pixels become channels: [N, C, H·r, W·r] → [N, C·r², H, W], the inverse of <see cref="PixelShuffle"/>.</summary>
    /// <param name="factor">r, at least 1.</param>
    /// <exception cref="GradusException">The height or width cannot be divided by r.</exception>
    public Tensor PixelUnshuffle(int factor)
    {
        if (Rank != 4 || factor < 1 || Shape[2] % factor != 0 || Shape[3] % factor != 0)
        {
            throw new GradusException(FormattableString.Invariant(
                $"pixelUnshuffle: the input is {Describe()}, the factor {factor}; expected [N, C, H·{factor}, W·{factor}] and a factor of at least 1."));
        }

        var (images, channels, height, width) = (Shape[0], Shape[1], Shape[2] / factor, Shape[3] / factor);
        return Reshape(images, channels, height, factor, width, factor).Permute(0, 1, 3, 5, 2, 4).Reshape(images, channels * factor * factor, height, width);
    }

    /// <summary>The channels dealt out anew: [N, g·c, …] → the same shape, channel i·c + j becoming channel j·g + i.</summary>
    /// <remarks>Zhang et al., "ShuffleNet: an extremely efficient convolutional neural network for mobile devices", 2018.</remarks>
    /// <param name="groups">g, at least 1.</param>
    /// <exception cref="GradusException">The channels cannot be divided into that many groups.</exception>
    public Tensor ChannelShuffle(int groups)
    {
        if (Rank < 2 || groups < 1 || Shape[1] % groups != 0)
        {
            throw new GradusException(FormattableString.Invariant(
                $"channelShuffle: the input is {Describe()} in {groups} groups; expected [N, C, ...] whose channels can be divided into the groups."));
        }

        return Unflatten(1, groups, Shape[1] / groups).Transpose(1, 2).Reshape(Shape);
    }

    private Tensor UpsampleVolumes(double scale, InterpolationMode mode, bool alignCorners)
    {
        Size3 size = (Along(2), Along(3), Along(4));
        ExpectVolumes("upsample", size, mode, alignCorners);
        return Interpolation.Resize(this, 2, size.Depth, 1 / scale, mode, alignCorners).Resized(size.Plane, 1 / scale, 1 / scale, mode, alignCorners);

        int Along(int axis) => Shape.Size((long)(Shape[axis] * scale), "upsample");
    }

    /// <summary>The last two axes brought to other sizes.</summary>
    private Tensor Resized(Size2 size, double vertical, double horizontal, InterpolationMode mode, bool alignCorners) => Interpolation.Resize(
        Interpolation.Resize(this, Rank - 2, size.Height, vertical, mode, alignCorners), Rank - 1, size.Width, horizontal, mode, alignCorners);

    private void ExpectVolumes(string operation, Size3 size, InterpolationMode mode, bool alignCorners)
    {
        if (Rank != 5 || !size.IsAtLeast(1) || Shape[2] < 1)
        {
            throw new GradusException(
                $"{operation}: the input is {Describe()}, the result {size}; expected [samples, channels, depth, height, width] and a size, none of them 0.");
        }

        // A slice is an image.
        Select(2, 0).ExpectInterpolation(operation, 4, size.Plane, mode, alignCorners);
        BufferPool.Demand(32L * size.Depth);
        BufferPool.Demand(Math.Min((long)size.Depth * Shape.Size((long)size.Height * size.Width, operation), long.MaxValue / DType.Size) * DType.Size);
    }

    private void ExpectInterpolation(string operation, int rank, Size2 size, InterpolationMode mode, bool alignCorners)
    {
        if (Rank != rank || !size.IsAtLeast(1) || Shape[2] < 1 || Shape[-1] < 1)
        {
            throw new GradusException(rank == 4
                ? $"{operation}: the input is {Describe()}, the result {size}; expected [images, channels, height, width] and a size, none of them 0."
                : FormattableString.Invariant(
                    $"{operation}: the input is {Describe()}, the result {size.Width}; expected [samples, channels, length] and a size, none of them 0."));
        }

        if (alignCorners && mode == InterpolationMode.Nearest)
        {
            throw new GradusException($"{operation}: aligned corners have no meaning for the nearest element. Use Linear or Cubic.");
        }

        // Four places of eight bytes for each position of an axis, and the plane itself.
        BufferPool.Demand(32L * Math.Max(size.Height, size.Width));
        BufferPool.Demand((long)size.Height * size.Width * DType.Size);
    }
}
