using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>
/// Three-dimensional convolution: [N, in, D, H, W] → [N, out, D′, H′, W′] with D′ = ⌊(D + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
/// </summary>
/// <remarks>W and b begin uniform in ±1/√(in / groups · kernel depth · height · width), as PyTorch's do.</remarks>
public sealed class Conv3d : Conv
{
    /// <inheritdoc cref="Conv2d(int, int, Size2, Size2?, Size2, Size2?, int, bool, Init?)"/>
    // Preferred, so that three numbers are never taken for a filter count, a kernel and a stride.
    [OverloadResolutionPriority(1)]
    public Conv3d(
        int inChannels, int outChannels, Size3 kernel, Size3? stride = null, Size3 padding = default, Size3? dilation = null, int groups = 1,
        bool bias = true, Init? init = null)
        : base("conv3d", inChannels, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), bias, init)
    {
    }

    /// <summary>A layer of <paramref name="outChannels"/> filters; the first input tells how many channels go in.</summary>
    /// <inheritdoc cref="Conv3d(int, int, Size3, Size3?, Size3, Size3?, int, bool, Init?)"/>
    public Conv3d(
        int outChannels, Size3 kernel, Size3? stride = null, Size3 padding = default, Size3? dilation = null, int groups = 1,
        bool bias = true, Init? init = null)
        : base("conv3d", null, outChannels, new ConvForm(kernel, stride, padding, dilation, groups), bias, init)
    {
    }
}
