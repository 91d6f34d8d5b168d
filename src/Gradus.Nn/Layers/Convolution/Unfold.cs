namespace Gradus.Nn;

/// <summary>The patches of images under a sliding window, as columns (im2col): [N, C, H, W] → [N, C · kernel height · kernel width, windows].</summary>
/// <param name="kernel">Height and width of a window.</param>
/// <param name="stride">How far apart the windows begin. Default: 1.</param>
/// <param name="padding">Zeros around the image. Default: 0.</param>
/// <param name="dilation">How far apart the positions of a window are. Default: 1.</param>
public sealed class Unfold(Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Expect.Images(input).Unfold2d(kernel, stride, padding, dilation);

    /// <inheritdoc/>
    protected override string Describe() => new PoolArgs(kernel, stride ?? 1, padding, dilation ?? 1, CountPadding: false).ToString();
}
