using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>
/// Transposed three-dimensional convolution: [N, in, D, H, W] → [N, out, D′, H′, W′] with
/// D′ = (D − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + outputPadding.
/// </summary>
/// <remarks>W and b begin uniform in ±1/√(out / groups · kernel depth · height · width), as PyTorch's do.</remarks>
public sealed class ConvTranspose3d : ConvTranspose
{
    /// <summary>A layer to <paramref name="outChannels"/> channels.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="options">How its windows lie, and the rest. Default: stride 1, no padding, one group, with a bias.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    public ConvTranspose3d(int inChannels, int outChannels, Size3 kernel, TransposedConvolutionOptions<Size3>? options = null)
        : this((int?)inChannels, outChannels, kernel, options ?? new())
    {
    }

    /// <summary>A layer to <paramref name="outChannels"/> channels; the first input tells how many go in.</summary>
    /// <inheritdoc cref="ConvTranspose3d(int, int, Size3, TransposedConvolutionOptions{Size3}?)"/>
    // Preferred, so that new() { … } is not taken for a kernel.
    [OverloadResolutionPriority(1)]
    public ConvTranspose3d(int outChannels, Size3 kernel, TransposedConvolutionOptions<Size3>? options = null)
        : this(null, outChannels, kernel, options ?? new())
    {
    }

    private ConvTranspose3d(int? inChannels, int outChannels, Size3 kernel, TransposedConvolutionOptions<Size3> options)
        : base("convTranspose3d", inChannels, outChannels, new ConvForm(kernel, options, options.Groups), options.OutputPadding, options.Bias, options.Init)
    {
    }
}
