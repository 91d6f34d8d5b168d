namespace Gradus.Nn;

/// <summary>Convolution of each channel for itself: [N, C, H, W] → [N, C·multiplier, H′, W′].</summary>
/// <inheritdoc cref="DepthwiseConv" path="/remarks"/>
public sealed class DepthwiseConv2d : DepthwiseConv
{
    /// <summary>A layer of some filters for each channel.</summary>
    /// <param name="kernel">The size of a filter.</param>
    /// <param name="stride">Positions from one window to the next. Default: 1.</param>
    /// <param name="padding">Zeros on each side. Default: 0.</param>
    /// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
    /// <param name="multiplier">Filters for each channel. Default: 1.</param>
    /// <param name="channels">Channels of the input; left out, the first input tells it.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public DepthwiseConv2d(
        Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null, int multiplier = 1, int? channels = null, bool bias = true)
        : base("depthwiseConv2d", new ConvForm(kernel, stride, padding, dilation, 1), multiplier, channels, bias)
    {
    }
}
