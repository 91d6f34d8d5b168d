namespace Gradus.Nn;

/// <summary>The greatest element of each window: [N, C, L] → [N, C, L′].</summary>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Positions on each side that never win; at most half of the kernel. Default: 0.</param>
/// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
public sealed class MaxPool1d(int kernel, int? stride = null, int padding = 0, int dilation = 1)
    : Pooling(1, WindowText.Of(kernel, stride ?? kernel, padding, dilation))
{
    private protected override Tensor Pool(Tensor input) => input.MaxPool1d(kernel, stride, padding, dilation, CeilMode);
}
