namespace Gradus.Nn;

/// <summary>The mean of each channel over the whole image: [N, C, H, W] → [N, C].</summary>
public sealed class GlobalAvgPool : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) =>
        input.Rank == 4 ? input.Mean([2, 3]) : throw new GradusException($"globalAvgPool: the input is {input}, expected [images, channels, height, width].");
}
