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
    public ConvTranspose2d(
        int inChannels, int outChannels, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2 outputPadding = default,
        Size2? dilation = null, int groups = 1, bool bias = true, Init? init = null)
        : base("convTranspose2d", inChannels, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), outputPadding.Deep(0), bias, init)
    {
    }

    /// <summary>A layer of <paramref name="outChannels"/> filters; the first input tells how many channels go in.</summary>
    /// <inheritdoc cref="ConvTranspose2d(int, int, Size2, Size2?, Size2, Size2, Size2?, int, bool, Init?)"/>
    public ConvTranspose2d(
        int outChannels, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2 outputPadding = default,
        Size2? dilation = null, int groups = 1, bool bias = true, Init? init = null)
        : base("convTranspose2d", null, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), outputPadding.Deep(0), bias, init)
    {
    }
}
