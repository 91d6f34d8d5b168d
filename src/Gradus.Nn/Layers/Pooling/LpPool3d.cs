namespace Gradus.Nn;

/// <summary>The p-norm of each window, (Σ|x|ᵖ)^(1/p): [N, C, D, H, W] → [N, C, D′, H′, W′].</summary>
/// <param name="p">The power, finite and above 0.</param>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
public sealed class LpPool3d(double p, Size3 kernel, Size3? stride = null)
    : Pooling(3, FormattableString.Invariant($"{p}, {WindowText.Of(kernel, stride ?? kernel, 0, 1)}"))
{
    private protected override Tensor Pool(Tensor input) => input.LpPool3d(p, kernel, stride, CeilMode);
}
