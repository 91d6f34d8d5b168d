namespace Gradus.Nn;

/// <summary>
/// Convolution in two steps: each channel for itself, then the channels of each place with each other: [N, in, D, H, W] → [N, out, D′, H′, W′].
/// </summary>
/// <remarks>Chollet, "Xception: deep learning with depthwise separable convolutions", 2017.</remarks>
public sealed class SeparableConv3d : Layer<Tensor, Tensor>
{
    /// <inheritdoc cref="SeparableConv2d(int, Size2, Size2?, Size2, Size2?, int, bool)"/>
    public SeparableConv3d(
        int outChannels, Size3 kernel, Size3? stride = null, Size3 padding = default, Size3? dilation = null, int multiplier = 1, bool bias = true)
    {
        Depthwise = new DepthwiseConv3d(kernel, stride, padding, dilation, multiplier, bias: false);
        Pointwise = new Conv3d(outChannels, 1, bias: bias);
    }

    /// <summary>The first step.</summary>
    public DepthwiseConv3d Depthwise { get; set => field = Register(value); }

    /// <summary>The second.</summary>
    public Conv3d Pointwise { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Pointwise.Forward(Depthwise.Forward(input));
}
