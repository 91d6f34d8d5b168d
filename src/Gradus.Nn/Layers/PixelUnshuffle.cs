using System.Globalization;

namespace Gradus.Nn;

/// <summary>Places become channels, the inverse of <see cref="PixelShuffle"/>: [N, C, H·r, W·r] → [N, C·r², H, W].</summary>
/// <param name="factor">r.</param>
public sealed class PixelUnshuffle(int factor) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.PixelUnshuffle(factor);

    /// <inheritdoc/>
    protected override string Describe() => factor.ToString(CultureInfo.InvariantCulture);
}
