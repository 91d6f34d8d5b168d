using System.Globalization;

namespace Gradus.Nn;

/// <summary>Channels become places: [N, C·r², H, W] → [N, C, H·r, W·r]. Shi et al., "Real-time single image super-resolution", 2016.</summary>
/// <param name="factor">r.</param>
public sealed class PixelShuffle(int factor) : Layer<Tensor, Tensor>
{
    private readonly int _factor = Expect.Positive("pixelShuffle", "factor", factor);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) =>
        input.Rank == 4 && input.Shape[1] % ((long)_factor * _factor) == 0
            ? input.PixelShuffle(_factor)
            : throw Expect.Got($"[samples, a multiple of {(long)_factor * _factor}, height, width]", input);

    /// <inheritdoc/>
    protected override string Describe() => _factor.ToString(CultureInfo.InvariantCulture);
}
