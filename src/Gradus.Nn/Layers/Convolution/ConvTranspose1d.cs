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
    /// <param name="stride">Positions in the output from one window to the next. Default: 1.</param>
    /// <param name="padding">Positions cut from each side of the output. Default: 0.</param>
    /// <param name="outputPadding">Positions added at the end of the output. Default: 0.</param>
    /// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
    /// <param name="groups">Into how many groups the channels are divided. Default: 1.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W begins; unset, uniform as above.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    // Preferred, so that three numbers are never taken for a filter count, a kernel and a stride.
    [OverloadResolutionPriority(1)]
    public ConvTranspose1d(
        int inChannels, int outChannels, int kernel, int stride = 1, int padding = 0, int outputPadding = 0,
        int dilation = 1, int groups = 1, bool bias = true, Init? init = null)
        : base("convTranspose1d", inChannels, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), outputPadding, bias, init)
    {
    }

    /// <summary>A layer of <paramref name="outChannels"/> filters; the first input tells how many channels go in.</summary>
    /// <inheritdoc cref="ConvTranspose1d(int, int, int, int, int, int, int, int, bool, Init?)"/>
    public ConvTranspose1d(
        int outChannels, int kernel, int stride = 1, int padding = 0, int outputPadding = 0,
        int dilation = 1, int groups = 1, bool bias = true, Init? init = null)
        : base("convTranspose1d", null, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), outputPadding, bias, init)
    {
    }
}
