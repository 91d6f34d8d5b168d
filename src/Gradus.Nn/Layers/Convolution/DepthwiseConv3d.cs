namespace Gradus.Nn;

/// <summary>Convolution of each channel for itself: [N, C, D, H, W] → [N, C·multiplier, D′, H′, W′].</summary>
/// <inheritdoc cref="DepthwiseConv" path="/remarks"/>
public sealed class DepthwiseConv3d : DepthwiseConv
{
    /// <inheritdoc cref="DepthwiseConv2d(Size2, Size2?, Size2, Size2?, int, int?, bool)"/>
    public DepthwiseConv3d(
        Size3 kernel, Size3? stride = null, Size3 padding = default, Size3? dilation = null, int multiplier = 1, int? channels = null, bool bias = true)
        : base("depthwiseConv3d", new ConvForm(kernel, stride, padding, dilation, 1), multiplier, channels, bias)
    {
    }
}
