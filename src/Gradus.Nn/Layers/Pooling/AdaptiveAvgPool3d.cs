namespace Gradus.Nn;

/// <summary>Means over windows chosen so that the result has a given size: [N, C, D, H, W] → [N, C, depth, height, width].</summary>
/// <param name="size">The depth, height and width of the result.</param>
public sealed class AdaptiveAvgPool3d(Size3 size) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Expect.Volumes(input).AdaptiveAvgPool3d(size);

    /// <inheritdoc/>
    protected override string Describe() => size.ToString();
}
