namespace Gradus.Nn;

/// <summary>The greatest elements of windows chosen so that the result has a given size: [N, C, H, W] → [N, C, height, width].</summary>
/// <param name="size">The height and width of the result.</param>
public sealed class AdaptiveMaxPool2d(Size2 size) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Expect.Images(input).AdaptiveMaxPool2d(size);

    /// <inheritdoc/>
    protected override string Describe() => size.ToString();
}
