namespace Gradus.Nn;

/// <summary>Images from patches (col2im), which add up where windows overlap: [N, C · kernel height · kernel width, windows] → [N, C, H, W]. The adjoint of <see cref="Unfold"/>.</summary>
/// <param name="size">Height and width of the images.</param>
/// <param name="kernel">Height and width of a window.</param>
/// <param name="stride">How far apart the windows begin. Default: 1.</param>
/// <param name="padding">Zeros around the image. Default: 0.</param>
/// <param name="dilation">How far apart the positions of a window are. Default: 1.</param>
public sealed class Fold(Size2 size, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Fold2d(size, kernel, stride, padding, dilation);

    /// <inheritdoc/>
    protected override string Describe() => $"{size}, {new PoolArgs(kernel, stride ?? 1, padding, dilation ?? 1, CountPadding: false)}";
}
