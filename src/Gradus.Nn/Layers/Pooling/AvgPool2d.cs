namespace Gradus.Nn;

/// <summary>The mean of each window: [N, C, H, W] → [N, C, H′, W′].</summary>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Zeros around the image; at most half of the kernel. Default: 0.</param>
/// <param name="countPadding">Whether the padding's zeros count in the mean. Default: true.</param>
public sealed class AvgPool2d(Size2 kernel, Size2? stride = null, Size2 padding = default, bool countPadding = true)
    : Pooling(2, WindowText.Of(kernel, stride ?? kernel, padding, 1) + (countPadding ? "" : ", padding not counted"))
{
    /// <summary>The sizes of a window.</summary>
    internal Size2 Kernel => kernel;

    /// <summary>From one window to the next.</summary>
    internal Size2 Stride => stride ?? kernel;

    /// <summary>Rows and columns around the picture.</summary>
    internal Size2 Padding => padding;

    /// <summary>Whether padding counts in a mean.</summary>
    internal bool CountsPadding => countPadding;

    private protected override Tensor Pool(Tensor input) => input.AvgPool2d(kernel, stride, padding, countPadding, CeilMode);
}
