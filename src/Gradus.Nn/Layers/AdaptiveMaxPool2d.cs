namespace Gradus.Nn;

/// <summary>The greatest elements of windows chosen so that the result has a given size: [N, C, H, W] → [N, C, height, width].</summary>
/// <param name="size">The height and width of the result.</param>
public sealed class AdaptiveMaxPool2d(Size2 size) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Rank == 4 ? input.AdaptiveMaxPool2d(size) : throw Expect.Got("[samples, channels, height, width]", input);

    /// <inheritdoc/>
    protected override string Describe() => size.ToString();
}
