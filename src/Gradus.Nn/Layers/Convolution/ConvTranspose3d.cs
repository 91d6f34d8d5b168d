using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>
/// Transposed three-dimensional convolution: [N, in, D, H, W] → [N, out, D′, H′, W′] with
/// D′ = (D − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + outputPadding.
/// </summary>
/// <remarks>W and b begin uniform in ±1/√(out / groups · kernel depth · height · width), as PyTorch's do.</remarks>
public sealed class ConvTranspose3d : ConvTranspose
{
    /// <inheritdoc cref="ConvTranspose2d(int, int, Size2, Size2?, Size2, Size2, Size2?, int, bool, Init?)"/>
    // Preferred, so that three numbers are never taken for a filter count, a kernel and a stride.
    [OverloadResolutionPriority(1)]
    public ConvTranspose3d(
        int inChannels, int outChannels, Size3 kernel, Size3? stride = null, Size3 padding = default, Size3 outputPadding = default,
        Size3? dilation = null, int groups = 1, bool bias = true, Init? init = null)
        : base("convTranspose3d", inChannels, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), outputPadding, bias, init)
    {
    }

    /// <summary>A layer of <paramref name="outChannels"/> filters; the first input tells how many channels go in.</summary>
    /// <inheritdoc cref="ConvTranspose3d(int, int, Size3, Size3?, Size3, Size3, Size3?, int, bool, Init?)"/>
    public ConvTranspose3d(
        int outChannels, Size3 kernel, Size3? stride = null, Size3 padding = default, Size3 outputPadding = default,
        Size3? dilation = null, int groups = 1, bool bias = true, Init? init = null)
        : base("convTranspose3d", null, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), outputPadding, bias, init)
    {
    }
}
