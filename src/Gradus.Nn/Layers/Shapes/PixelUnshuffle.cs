using System.Globalization;

namespace Gradus.Nn;

/// <summary>Places become channels, the inverse of <see cref="PixelShuffle"/>: [N, C, H·r, W·r] → [N, C·r², H, W].</summary>
/// <param name="factor">r.</param>
public sealed class PixelUnshuffle(int factor) : Layer<Tensor, Tensor>
{
    private readonly int _factor = Expect.Positive("pixelUnshuffle", "factor", factor);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Rank == 4 && input.Shape[2] % _factor == 0 && input.Shape[3] % _factor == 0
        ? input.PixelUnshuffle(_factor)
        : throw Expect.Got($"[samples, channels, height, width], the last two multiples of {_factor}", input);

    /// <inheritdoc/>
    protected override string Describe() => _factor.ToString(CultureInfo.InvariantCulture);
}
