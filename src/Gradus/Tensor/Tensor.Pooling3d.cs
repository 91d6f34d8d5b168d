namespace Gradus;

// A window of a volume is a window of its slices and one along its depth.
public sealed partial class Tensor
{
    /// <summary>
    /// The greatest element of each window: [N, C, D, H, W] → [N, C, D′, H′, W′], sizes as in <see cref="Conv3d"/>. The gradient goes to the first of equal
    /// elements.
    /// </summary>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="stride">Positions from one window to the next; the kernel's size if left out.</param>
    /// <param name="padding">Positions around the volume that never win; at most half of the kernel.</param>
    /// <param name="dilation">Positions from one tap of a window to the next; 1 if left out.</param>
    /// <param name="ceilMode">Whether the last window may reach beyond the padding, as long as it begins before: sizes are rounded up. Default: false.</param>
    /// <exception cref="GradusException">The windows do not fit.</exception>
    public Tensor MaxPool3d(Size3 kernel, Size3? stride = null, Size3 padding = default, Size3? dilation = null, bool ceilMode = false)
    {
        var (step, apart) = (stride ?? kernel, dilation ?? 1);
        var planes = Slices("maxPool3d").MaxPool2d(kernel.Plane, step.Plane, padding.Plane, apart.Plane, ceilMode);
        return AlongDepth(planes).MaxPool2d((kernel.Depth, 1), (step.Depth, 1), (padding.Depth, 0), (apart.Depth, 1), ceilMode).Unflatten(3, Plane(planes));
    }

    /// <summary>
    /// The greatest element of each window and where it was found: the number of its place in the volume, (slice · H + row) · W + column (i64), which
    /// <see cref="MaxUnpool3d"/> takes.
    /// </summary>
    /// <inheritdoc cref="MaxPool3d"/>
    public (Tensor Value, Tensor Index) MaxPool3dWithIndex(
        Size3 kernel, Size3? stride = null, Size3 padding = default, Size3? dilation = null, bool ceilMode = false)
    {
        var (step, apart) = (stride ?? kernel, dilation ?? 1);
        var (planes, places) = Slices("maxPool3d").MaxPool2dWithIndex(kernel.Plane, step.Plane, padding.Plane, apart.Plane, ceilMode);
        var (value, along) = AlongDepth(planes).MaxPool2dWithIndex(
            (kernel.Depth, 1), (step.Depth, 1), (padding.Depth, 0), (apart.Depth, 1), ceilMode);
        var inVolume = AlongDepth(places) + (Arange(0, Shape[2]) * ((long)Shape[3] * Shape[4])).Unsqueeze(1);
        var index = inVolume.Flatten(2).Gather(2, along.Flatten(2)).Reshape(along.Shape);
        return (value.Unflatten(3, Plane(planes)), index.Unflatten(3, Plane(planes)));
    }

    /// <summary>
    /// Zeros of a given size, with each element at the place that <see cref="MaxPool3dWithIndex"/> found it: [N, C, D′, H′, W′] → [N, C, D, H, W]. Of equal
    /// places the last wins.
    /// </summary>
    /// <param name="index">The places, of this tensor's shape.</param>
    /// <param name="size">The depth, height and width of the volume that was pooled.</param>
    /// <exception cref="GradusException">The shapes differ, or a place lies outside the volume.</exception>
    public Tensor MaxUnpool3d(Tensor index, Size3 size)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (Rank != 5 || index.Shape != Shape || !size.IsAtLeast(0))
        {
            throw new GradusException($"maxUnpool3d: the values are {Describe()}, the places {index.Describe()}, the volumes {size}; " +
                "expected both [samples, channels, depth, height, width], and no negative size.");
        }

        var plane = Shape.Size((long)size.Height * size.Width, "maxUnpool3d");
        var zeros = Zeros([Shape[0], Shape[1], Shape.Size((long)size.Depth * plane, "maxUnpool3d")], DType);
        return zeros.Scatter(2, index.Flatten(2), Flatten(2)).Reshape(Shape[0], Shape[1], size.Depth, size.Height, size.Width);
    }

    /// <summary>The mean of each window: [N, C, D, H, W] → [N, C, D′, H′, W′], sizes as in <see cref="Conv3d"/>.</summary>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="stride">Positions from one window to the next; the kernel's size if left out.</param>
    /// <param name="padding">Zeros around the volume; at most half of the kernel.</param>
    /// <param name="countPadding">Whether the padding's zeros count in the mean. Default: true.</param>
    /// <param name="ceilMode">Whether the last window may reach beyond the padding, as long as it begins before: sizes are rounded up. Default: false.</param>
    /// <exception cref="GradusException">The windows do not fit.</exception>
    public Tensor AvgPool3d(Size3 kernel, Size3? stride = null, Size3 padding = default, bool countPadding = true, bool ceilMode = false)
    {
        if (DType.IsHalf) return To(DType.Float32).AvgPool3d(kernel, stride, padding, countPadding, ceilMode).To(DType);
        var step = stride ?? kernel;
        // What a window sees is a block, so that its mean is the mean of its slices' means, whether the padding counts or not.
        var planes = Slices("avgPool3d").AvgPool2d(kernel.Plane, step.Plane, padding.Plane, countPadding, ceilMode);
        return AlongDepth(planes).AvgPool2d((kernel.Depth, 1), (step.Depth, 1), (padding.Depth, 0), countPadding, ceilMode).Unflatten(3, Plane(planes));
    }

    /// <summary>The p-norm of each window, (Σ|x|ᵖ)^(1/p): [N, C, D, H, W] → [N, C, D′, H′, W′].</summary>
    /// <inheritdoc cref="LpPool2d"/>
    public Tensor LpPool3d(double p, Size3 kernel, Size3? stride = null, bool ceilMode = false) =>
        Powers(p, (double)kernel.Depth * kernel.Height * kernel.Width, powers => powers.AvgPool3d(kernel, stride, ceilMode: ceilMode));

    /// <summary>The slices of volumes as images: [N, C, D, H, W] → [N, C·D, H, W].</summary>
    private Tensor Slices(string operation) => Rank == 5
        ? Reshape(Shape[0], Shape.Size((long)Shape[1] * Shape[2], operation), Shape[3], Shape[4])
        : throw new GradusException($"{operation}: the input is {Describe()}, expected [samples, channels, depth, height, width].");

    /// <summary>What was made of the slices, as images whose rows go along the depth: [N, C·D, H′, W′] → [N, C, D, H′·W′].</summary>
    private Tensor AlongDepth(Tensor planes) => planes.Reshape(Shape[0], Shape[1], Shape[2], Shape.Size((long)planes.Shape[2] * planes.Shape[3], "pool3d"));

    private static int[] Plane(Tensor planes) => [planes.Shape[2], planes.Shape[3]];
}
