namespace Gradus.Nn;

/// <summary>The greatest element of each channel: [N, C, L] or [N, C, H, W] → [N, C]. The gradient goes to the first of equal elements.</summary>
public sealed class GlobalMaxPool : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) =>
        input.Rank is 3 or 4 ? input.Flatten(2).Max(2).Item1 : throw Expect.Got("[samples, channels, time] or [samples, channels, height, width]", input);
}
