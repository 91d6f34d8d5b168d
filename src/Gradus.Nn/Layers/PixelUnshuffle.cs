using System.Globalization;

namespace Gradus.Nn;

/// <summary>Places become channels, the inverse of <see cref="PixelShuffle"/>: [N, C, H·r, W·r] → [N, C·r², H, W].</summary>
/// <param name="factor">r.</param>
public sealed class PixelUnshuffle(int factor) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank != 4 || input.Shape[2] % factor != 0 || input.Shape[3] % factor != 0) throw Expect.Got($"[samples, channels, height · {factor}, width · {factor}]", input);
        int samples = input.Shape[0], channels = input.Shape[1], height = input.Shape[2] / factor, width = input.Shape[3] / factor;
        return input.Reshape(samples, channels, height, factor, width, factor).Permute(0, 1, 3, 5, 2, 4).Reshape(samples, channels * factor * factor, height, width);
    }

    /// <inheritdoc/>
    protected override string Describe() => factor.ToString(CultureInfo.InvariantCulture);
}
