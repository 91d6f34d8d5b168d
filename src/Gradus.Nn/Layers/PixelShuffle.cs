using System.Globalization;

namespace Gradus.Nn;

/// <summary>Channels become places: [N, C·r², H, W] → [N, C, H·r, W·r]. Shi et al., "Real-time single image super-resolution", 2016.</summary>
/// <param name="factor">r.</param>
public sealed class PixelShuffle(int factor) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank != 4 || input.Shape[1] % (factor * factor) != 0) throw Expect.Got($"[samples, channels · {factor * factor}, height, width]", input);
        int samples = input.Shape[0], channels = input.Shape[1] / (factor * factor), height = input.Shape[2], width = input.Shape[3];
        return input.Reshape(samples, channels, factor, factor, height, width).Permute(0, 1, 4, 2, 5, 3).Reshape(samples, channels, height * factor, width * factor);
    }

    /// <inheritdoc/>
    protected override string Describe() => factor.ToString(CultureInfo.InvariantCulture);
}
