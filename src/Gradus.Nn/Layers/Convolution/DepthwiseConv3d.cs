using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Convolution of each channel for itself: [N, C, D, H, W] → [N, C·multiplier, D′, H′, W′].</summary>
/// <inheritdoc cref="DepthwiseConv" path="/remarks"/>
public sealed class DepthwiseConv3d : DepthwiseConv
{
    /// <summary>A layer of some filters for each channel.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="kernel">The size of a filter.</param>
    /// <param name="options">How its windows lie, and the rest. Default: stride 1, no padding, one filter for each channel, with a bias.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public DepthwiseConv3d(int channels, Size3 kernel, DepthwiseConvolutionOptions<Size3>? options = null) : this((int?)channels, kernel, options ?? new())
    {
    }

    /// <summary>A layer of some filters for each channel; the first input tells how many channels there are.</summary>
    /// <inheritdoc cref="DepthwiseConv3d(int, Size3, DepthwiseConvolutionOptions{Size3}?)"/>
    // Preferred, so that new() { … } is not taken for a kernel.
    [OverloadResolutionPriority(1)]
    public DepthwiseConv3d(Size3 kernel, DepthwiseConvolutionOptions<Size3>? options = null) : this(null, kernel, options ?? new())
    {
    }

    internal DepthwiseConv3d(int? channels, Size3 kernel, DepthwiseConvolutionOptions<Size3> options)
        : base("depthwiseConv3d", channels, new ConvForm(kernel, options), options.Multiplier, options.Bias)
    {
    }
}
