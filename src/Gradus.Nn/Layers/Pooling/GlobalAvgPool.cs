namespace Gradus.Nn;

/// <summary>The mean of each channel over all places: [N, C, L] or [N, C, H, W] → [N, C].</summary>
public sealed class GlobalAvgPool : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) =>
        input.Rank is 3 or 4
            ? input.Mean(input.Rank == 3 ? [2] : [2, 3])
            : throw Expect.Got("[samples, channels, time] or [samples, channels, height, width]", input);
}
