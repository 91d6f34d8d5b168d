namespace Gradus.Nn;

/// <summary>eˣ / Σ eˣ over the channels at each place: [N, C, H, W] or [C, H, W].</summary>
public sealed class Softmax2d : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) =>
        input.Rank is 3 or 4 ? input.Softmax(-3) : throw Expect.Got("[samples, channels, height, width] or [channels, height, width]", input);
}
