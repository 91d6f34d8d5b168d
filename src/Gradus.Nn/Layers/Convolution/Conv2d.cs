using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Two-dimensional convolution: [N, in, H, W] → [N, out, H′, W′] with H′ = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.</summary>
/// <remarks>W and b begin uniform in ±1/√(in / groups · kernel height · kernel width), as PyTorch's do.</remarks>
public sealed class Conv2d : Conv
{
    /// <summary>A layer of <paramref name="outChannels"/> filters.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernel">The size of a filter.</param>
    /// <param name="options">How its windows lie, and the rest. Default: stride 1, no padding, one group, with a bias.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    public Conv2d(int inChannels, int outChannels, Size2 kernel, ConvolutionOptions<Size2>? options = null)
        : this((int?)inChannels, outChannels, kernel, options ?? new())
    {
    }

    /// <summary>A layer to <paramref name="outChannels"/> channels; the first input tells how many go in.</summary>
    /// <inheritdoc cref="Conv2d(int, int, Size2, ConvolutionOptions{Size2}?)"/>
    // Preferred, so that new() { … } is not taken for a kernel.
    [OverloadResolutionPriority(1)]
    public Conv2d(int outChannels, Size2 kernel, ConvolutionOptions<Size2>? options = null) : this(null, outChannels, kernel, options ?? new())
    {
    }

    internal Conv2d(int? inChannels, int outChannels, Size2 kernel, ConvolutionOptions<Size2> options)
        : base("conv2d", inChannels, outChannels, new ConvForm(kernel, options, options.Groups, options.PaddingMode), options.Bias, options.Init)
    {
    }
}
