using System.Globalization;

namespace Gradus.Nn;

/// <summary>Channels become places: [N, C·r², H, W] → [N, C, H·r, W·r]. Shi et al., "Real-time single image super-resolution", 2016.</summary>
/// <param name="factor">r.</param>
public sealed class PixelShuffle(int factor) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.PixelShuffle(factor);

    /// <inheritdoc/>
    protected override string Describe() => factor.ToString(CultureInfo.InvariantCulture);
}
