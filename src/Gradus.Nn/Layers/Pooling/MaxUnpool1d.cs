namespace Gradus.Nn;

/// <summary>
/// The other way round of <see cref="MaxPool1d"/>: zeros, with each value where <see cref="Tensor.MaxPool1dWithIndex"/> found it: [N, C, L′] → [N, C, L].
/// </summary>
/// <remarks>
/// The input is the values, their positions, and the length, by default the least that these windows come from: (L′ − 1)·stride − 2·padding + kernel.
/// </remarks>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Positions on each side. Default: 0.</param>
public sealed class MaxUnpool1d(int kernel, int? stride = null, int padding = 0) : Layer<(Tensor Values, Tensor Index, int? Size), Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Values, Tensor Index, int? Size) input)
    {
        var (values, index, size) = input;
        Expect.Places(index, Expect.Lines(values));
        return values.MaxUnpool1d(index, size ?? Unpooling.Least(values.Shape[2], stride ?? kernel, padding, kernel));
    }

    /// <inheritdoc/>
    protected override string Describe() => WindowText.Of(kernel, stride ?? kernel, padding, 1);
}
