using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>
/// Convolution in two steps: each channel for itself, then the channels of each place with each other: [N, in, D, H, W] → [N, out, D′, H′, W′].
/// </summary>
/// <remarks>Chollet, "Xception: deep learning with depthwise separable convolutions", 2017.</remarks>
public sealed class SeparableConv3d : Layer<Tensor, Tensor>
{
    /// <summary>A layer to <paramref name="outChannels"/> channels.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernel">The size of a filter.</param>
    /// <param name="options">
    /// How the windows of the first step lie, its filters for each channel, and whether the second step adds a bias. Default: stride 1, no padding, one filter,
    /// with a bias.
    /// </param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public SeparableConv3d(int inChannels, int outChannels, Size3 kernel, DepthwiseConvolutionOptions<Size3>? options = null)
        : this((int?)inChannels, outChannels, kernel, options ?? new())
    {
    }

    /// <summary>A layer to <paramref name="outChannels"/> channels; the first input tells how many go in.</summary>
    /// <inheritdoc cref="SeparableConv3d(int, int, Size3, DepthwiseConvolutionOptions{Size3}?)"/>
    // Preferred, so that new() { … } is not taken for a kernel.
    [OverloadResolutionPriority(1)]
    public SeparableConv3d(int outChannels, Size3 kernel, DepthwiseConvolutionOptions<Size3>? options = null)
        : this(null, outChannels, kernel, options ?? new())
    {
    }

    private SeparableConv3d(int? inChannels, int outChannels, Size3 kernel, DepthwiseConvolutionOptions<Size3> options)
    {
        Depthwise = new DepthwiseConv3d(inChannels, kernel, options with { Bias = false });
        Pointwise = new Conv3d(inChannels * options.Multiplier, outChannels, 1, new() { Bias = options.Bias });
    }

    /// <summary>The first step.</summary>
    public DepthwiseConv3d Depthwise { get; set => field = Register(value); }

    /// <summary>The second.</summary>
    public Conv3d Pointwise { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Pointwise.Forward(Depthwise.Forward(input));
}
