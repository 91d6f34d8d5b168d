using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>One-dimensional convolution: [N, in, L] → [N, out, L′] with L′ = ⌊(L + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.</summary>
/// <remarks>W and b begin uniform in ±1/√(in / groups · kernel), as PyTorch's do.</remarks>
public sealed class Conv1d : Conv
{
    /// <summary>A layer of <paramref name="outChannels"/> filters.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernel">The size of a filter.</param>
    /// <param name="options">How its windows lie, and the rest. Default: stride 1, no padding, one group, with a bias.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    public Conv1d(int inChannels, int outChannels, int kernel, ConvolutionOptions<int>? options = null)
        : this((int?)inChannels, outChannels, kernel, options ?? new())
    {
    }

    /// <summary>A layer to <paramref name="outChannels"/> channels; the first input tells how many go in.</summary>
    /// <inheritdoc cref="Conv1d(int, int, int, ConvolutionOptions{int}?)"/>
    // Preferred, so that new() { … } is not taken for a kernel.
    [OverloadResolutionPriority(1)]
    public Conv1d(int outChannels, int kernel, ConvolutionOptions<int>? options = null) : this(null, outChannels, kernel, options ?? new())
    {
    }

    internal Conv1d(int? inChannels, int outChannels, int kernel, ConvolutionOptions<int> options)
        : base("conv1d", inChannels, outChannels, new ConvForm(kernel, options, options.Groups, options.PaddingMode), options.Bias, options.Init)
    {
    }
}
