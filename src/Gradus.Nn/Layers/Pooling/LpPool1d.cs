namespace Gradus.Nn;

/// <summary>The p-norm of each window, (Σ|x|ᵖ)^(1/p): [N, C, L] → [N, C, L′].</summary>
/// <param name="p">The power, finite and above 0.</param>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
public sealed class LpPool1d(double p, int kernel, int? stride = null)
    : Pooling(1, FormattableString.Invariant($"{p}, {WindowText.Of(kernel, stride ?? kernel, 0, 1)}"))
{
    private protected override Tensor Pool(Tensor input) => input.LpPool1d(p, kernel, stride, CeilMode);
}
