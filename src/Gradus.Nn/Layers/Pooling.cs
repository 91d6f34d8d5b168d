namespace Gradus.Nn;

/// <summary>The greatest element of each window: [N, C, H, W] → [N, C, H′, W′].</summary>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Positions around the image that never win; at most half of the kernel. Default: 0.</param>
/// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
public sealed class MaxPool2d(Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.MaxPool2d(kernel, stride, padding, dilation);

    /// <inheritdoc/>
    protected override string Describe() => new PoolArgs(kernel, stride ?? kernel, padding, dilation ?? 1, CountPadding: false).ToString();
}

/// <summary>The mean of each window: [N, C, H, W] → [N, C, H′, W′].</summary>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Zeros around the image; at most half of the kernel. Default: 0.</param>
/// <param name="countPadding">Whether the padding's zeros count in the mean. Default: true.</param>
public sealed class AvgPool2d(Size2 kernel, Size2? stride = null, Size2 padding = default, bool countPadding = true) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.AvgPool2d(kernel, stride, padding, countPadding);

    /// <inheritdoc/>
    protected override string Describe() => new PoolArgs(kernel, stride ?? kernel, padding, 1, countPadding) + (countPadding ? "" : ", padding not counted");
}

/// <summary>Means over windows chosen so that the result has a given size: [N, C, H, W] → [N, C, height, width].</summary>
/// <param name="size">The height and width of the result.</param>
public sealed class AdaptiveAvgPool2d(Size2 size) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.AdaptiveAvgPool2d(size);

    /// <inheritdoc/>
    protected override string Describe() => size.ToString();
}

/// <summary>The mean of each channel over the whole image: [N, C, H, W] → [N, C].</summary>
public sealed class GlobalAvgPool : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) =>
        input.Rank == 4 ? input.Mean([2, 3]) : throw new GradusException($"globalAvgPool: the input is {input}, expected [images, channels, height, width].");
}
