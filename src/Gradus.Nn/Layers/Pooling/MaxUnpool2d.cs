namespace Gradus.Nn;

/// <summary>
/// The other way round of <see cref="MaxPool2d"/>: zeros, with each value where <see cref="Tensor.MaxPool2dWithIndex"/> found it:
/// [N, C, H′, W′] → [N, C, H, W].
/// </summary>
/// <remarks>
/// The input is the values, their places, and the image's size, by default the least that these windows come from: (H′ − 1)·stride − 2·padding + kernel.
/// </remarks>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Positions around the image. Default: 0.</param>
public sealed class MaxUnpool2d(Size2 kernel, Size2? stride = null, Size2 padding = default) : Layer<(Tensor Values, Tensor Index, Size2? Size), Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Values, Tensor Index, Size2? Size) input)
    {
        var (values, index, size) = input;
        Expect.Places(index, Expect.Images(values));
        var step = stride ?? kernel;
        return values.MaxUnpool2d(index, size ?? (
            Unpooling.Least(values.Shape[2], step.Height, padding.Height, kernel.Height),
            Unpooling.Least(values.Shape[3], step.Width, padding.Width, kernel.Width)));
    }

    /// <inheritdoc/>
    protected override string Describe() => WindowText.Of(kernel, stride ?? kernel, padding, 1);
}
