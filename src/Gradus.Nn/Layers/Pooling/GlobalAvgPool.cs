namespace Gradus.Nn;

/// <summary>The mean of each channel over all places: [N, C, L], [N, C, H, W] or [N, C, D, H, W] → [N, C].</summary>
public sealed class GlobalAvgPool : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Expect.AnySpatial(input).Mean(input.Rank == 3 ? [2] : input.Rank == 4 ? [2, 3] : [2, 3, 4]);
}
