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
    /// <param name="stride">Positions from one window to the next. Default: 1.</param>
    /// <param name="padding">Zeros on each side. Default: 0.</param>
    /// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
    /// <param name="groups">Into how many groups the channels are divided. Default: 1.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W begins; unset, uniform as above.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    // Preferred, so that three numbers are never taken for a filter count, a kernel and a stride.
    [OverloadResolutionPriority(1)]
    public Conv1d(
        int inChannels, int outChannels, int kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1,
        bool bias = true, Init? init = null)
        : base("conv1d", inChannels, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), bias, init)
    {
    }

    /// <summary>A layer of <paramref name="outChannels"/> filters; the first input tells how many channels go in.</summary>
    /// <inheritdoc cref="Conv1d(int, int, int, int, int, int, int, bool, Init?)"/>
    public Conv1d(
        int outChannels, int kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1,
        bool bias = true, Init? init = null)
        : base("conv1d", null, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), bias, init)
    {
    }
}
