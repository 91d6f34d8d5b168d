namespace Gradus.Nn;

/// <summary>The greatest element of each window: [N, C, D, H, W] → [N, C, D′, H′, W′].</summary>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Positions around the volume that never win; at most half of the kernel. Default: 0.</param>
/// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
public sealed class MaxPool3d(Size3 kernel, Size3? stride = null, Size3 padding = default, Size3? dilation = null)
    : Pooling(3, WindowText.Of(kernel, stride ?? kernel, padding, dilation ?? 1))
{
    private protected override Tensor Pool(Tensor input) => input.MaxPool3d(kernel, stride, padding, dilation, CeilMode);
}
