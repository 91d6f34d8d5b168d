namespace Gradus.Nn;

/// <summary>The greatest element of each window: [N, C, H, W] → [N, C, H′, W′].</summary>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Positions around the image that never win; at most half of the kernel. Default: 0.</param>
/// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
public sealed class MaxPool2d(Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null)
    : Pooling(2, WindowText.Of(kernel, stride ?? kernel, padding, dilation ?? 1))
{
    /// <summary>The sizes of a window.</summary>
    internal Size2 Kernel => kernel;

    /// <summary>From one window to the next.</summary>
    internal Size2 Stride => stride ?? kernel;

    /// <summary>Rows and columns around the picture.</summary>
    internal Size2 Padding => padding;

    /// <summary>From one row or column of a window to the next.</summary>
    internal Size2 Dilation => dilation ?? 1;

    private protected override Tensor Pool(Tensor input) => input.MaxPool2d(kernel, stride, padding, dilation, CeilMode);
}
