namespace Gradus.Nn;

/// <summary>
/// Images from patches (col2im), which add up where windows overlap: [N, C · kernel height · kernel width, windows] → [N, C, H, W]. The adjoint of
/// <see cref="Unfold"/>.
/// </summary>
/// <param name="size">Height and width of the images.</param>
/// <param name="kernel">Height and width of a window.</param>
/// <param name="stride">How far apart the windows begin. Default: 1.</param>
/// <param name="padding">Zeros around the image. Default: 0.</param>
/// <param name="dilation">How far apart the positions of a window are. Default: 1.</param>
public sealed class Fold(Size2 size, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var step = stride ?? 1;
        var spread = dilation ?? 1;
        // Sizes that are none are the operator's to refuse.
        if (!step.IsAtLeast(1) || !kernel.IsAtLeast(1)) return input.Fold2d(size, kernel, stride, padding, dilation);
        var windows = Along(size.Height, kernel.Height, step.Height, padding.Height, spread.Height) *
            Along(size.Width, kernel.Width, step.Width, padding.Width, spread.Width);
        var area = (long)kernel.Height * kernel.Width;
        return input.Rank == 3 && input.Shape[1] % area == 0 && input.Shape[2] == windows
            ? input.Fold2d(size, kernel, stride, padding, dilation)
            : throw Expect.Got(FormattableString.Invariant($"[samples, a multiple of {area}, {windows}]"), input);

        static long Along(int size, int kernel, int stride, int padding, int dilation) =>
            ((size + (2L * padding) - ((long)dilation * (kernel - 1)) - 1) / stride) + 1;
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{size}, {new PoolArgs(kernel, stride ?? 1, padding, dilation ?? 1, CountPadding: false)}";
}
