using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>
/// Transposed two-dimensional convolution: [N, in, H, W] → [N, out, H′, W′] with H′ = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + outputPadding.
/// </summary>
/// <remarks>W and b begin uniform in ±1/√(out / groups · kernel height · kernel width), as PyTorch's do.</remarks>
public sealed class ConvTranspose2d : ConvTranspose
{
    /// <summary>A layer to <paramref name="outChannels"/> channels.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="options">How its windows lie, and the rest. Default: stride 1, no padding, one group, with a bias.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    public ConvTranspose2d(int inChannels, int outChannels, Size2 kernel, TransposedConvolutionOptions<Size2>? options = null)
        : this((int?)inChannels, outChannels, kernel, options ?? new())
    {
    }

    /// <summary>A layer to <paramref name="outChannels"/> channels; the first input tells how many go in.</summary>
    /// <inheritdoc cref="ConvTranspose2d(int, int, Size2, TransposedConvolutionOptions{Size2}?)"/>
    // Preferred, so that new() { … } is not taken for a kernel.
    [OverloadResolutionPriority(1)]
    public ConvTranspose2d(int outChannels, Size2 kernel, TransposedConvolutionOptions<Size2>? options = null)
        : this(null, outChannels, kernel, options ?? new())
    {
    }

    private ConvTranspose2d(int? inChannels, int outChannels, Size2 kernel, TransposedConvolutionOptions<Size2> options)
        : base("convTranspose2d", inChannels, outChannels, new ConvForm(kernel, options, options.Groups),
            options.OutputPadding.Deep(0), options.Bias, options.Init)
    {
    }
}
