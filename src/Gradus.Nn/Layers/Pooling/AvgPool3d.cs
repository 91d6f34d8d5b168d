namespace Gradus.Nn;

/// <summary>The mean of each window: [N, C, D, H, W] → [N, C, D′, H′, W′].</summary>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Zeros around the volume; at most half of the kernel. Default: 0.</param>
/// <param name="countPadding">Whether the padding's zeros count in the mean. Default: true.</param>
public sealed class AvgPool3d(Size3 kernel, Size3? stride = null, Size3 padding = default, bool countPadding = true)
    : Pooling(3, WindowText.Of(kernel, stride ?? kernel, padding, 1) + (countPadding ? "" : ", padding not counted"))
{
    private protected override Tensor Pool(Tensor input) => input.AvgPool3d(kernel, stride, padding, countPadding, CeilMode);
}
