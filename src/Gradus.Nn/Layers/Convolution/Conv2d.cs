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
    /// <param name="stride">Positions from one window to the next. Default: 1.</param>
    /// <param name="padding">Zeros around the image, on each side. Default: 0.</param>
    /// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
    /// <param name="groups">Into how many groups the channels are divided. Default: 1.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W begins; unset, uniform as above.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    // Preferred, so that three numbers are never taken for a filter count, a kernel and a stride.
    [OverloadResolutionPriority(1)]
    public Conv2d(
        int inChannels, int outChannels, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null, int groups = 1,
        bool bias = true, Init? init = null)
        : base("conv2d", inChannels, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), bias, init)
    {
    }

    /// <summary>A layer of <paramref name="outChannels"/> filters; the first input tells how many channels go in.</summary>
    /// <inheritdoc cref="Conv2d(int, int, Size2, Size2?, Size2, Size2?, int, bool, Init?)"/>
    public Conv2d(
        int outChannels, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null, int groups = 1,
        bool bias = true, Init? init = null)
        : base("conv2d", null, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), bias, init)
    {
    }
}
