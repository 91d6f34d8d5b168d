namespace Gradus.Nn;

/// <summary>The mean of each window: [N, C, L] → [N, C, L′].</summary>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Zeros on each side; at most half of the kernel. Default: 0.</param>
/// <param name="countPadding">Whether the padding's zeros count in the mean. Default: true.</param>
public sealed class AvgPool1d(int kernel, int? stride = null, int padding = 0, bool countPadding = true)
    : Pooling(1, WindowText.Of(kernel, stride ?? kernel, padding, 1) + (countPadding ? "" : ", padding not counted"))
{
    private protected override Tensor Pool(Tensor input) => input.AvgPool1d(kernel, stride, padding, countPadding, CeilMode);
}
