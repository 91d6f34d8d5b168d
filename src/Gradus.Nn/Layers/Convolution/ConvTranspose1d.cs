using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>
/// Transposed one-dimensional convolution: [N, in, L] → [N, out, L′] with L′ = (L − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + outputPadding.
/// </summary>
/// <remarks>W and b begin uniform in ±1/√(out / groups · kernel), as PyTorch's do.</remarks>
public sealed class ConvTranspose1d : ConvTranspose
{
    /// <summary>A layer to <paramref name="outChannels"/> channels.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="options">How its windows lie, and the rest. Default: stride 1, no padding, one group, with a bias.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    public ConvTranspose1d(int inChannels, int outChannels, int kernel, TransposedConvolutionOptions<int>? options = null)
        : this((int?)inChannels, outChannels, kernel, options ?? new())
    {
    }

    /// <summary>A layer to <paramref name="outChannels"/> channels; the first input tells how many go in.</summary>
    /// <inheritdoc cref="ConvTranspose1d(int, int, int, TransposedConvolutionOptions{int}?)"/>
    // Preferred, so that new() { … } is not taken for a kernel.
    [OverloadResolutionPriority(1)]
    public ConvTranspose1d(int outChannels, int kernel, TransposedConvolutionOptions<int>? options = null) : this(null, outChannels, kernel, options ?? new())
    {
    }

    private ConvTranspose1d(int? inChannels, int outChannels, int kernel, TransposedConvolutionOptions<int> options)
        : base("convTranspose1d", inChannels, outChannels, new ConvForm(kernel, options, options.Groups), options.OutputPadding, options.Bias, options.Init)
    {
    }
}
