namespace Gradus.Nn;

/// <summary>
/// The other way round of <see cref="MaxPool3d"/>: zeros, with each value where <see cref="Tensor.MaxPool3dWithIndex"/> found it:
/// [N, C, D′, H′, W′] → [N, C, D, H, W].
/// </summary>
/// <remarks>The input is the values, their places, and the volume's size, by default the least that these windows come from, as in 2d.</remarks>
/// <param name="kernel">The size of a window.</param>
/// <param name="stride">Positions from one window to the next. Default: the kernel's size.</param>
/// <param name="padding">Positions around the volume. Default: 0.</param>
public sealed class MaxUnpool3d(Size3 kernel, Size3? stride = null, Size3 padding = default) : Layer<(Tensor Values, Tensor Index, Size3? Size), Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Values, Tensor Index, Size3? Size) input)
    {
        var (values, index, size) = input;
        Expect.Places(index, Expect.Volumes(values));
        var step = stride ?? kernel;
        return values.MaxUnpool3d(index, size ?? (
            Unpooling.Least(values.Shape[2], step.Depth, padding.Depth, kernel.Depth),
            Unpooling.Least(values.Shape[3], step.Height, padding.Height, kernel.Height),
            Unpooling.Least(values.Shape[4], step.Width, padding.Width, kernel.Width)));
    }

    /// <inheritdoc/>
    protected override string Describe() => WindowText.Of(kernel, stride ?? kernel, padding, 1);
}
