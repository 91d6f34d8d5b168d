namespace Gradus;

/// <summary>(x − mean)/√(variance + ε) as Tensor arithmetic: what the norms' kernels compute in one pass.</summary>
internal static class Standardization
{
    /// <summary>What is normalized, with the mean (0 unless it is centered) and the variance, along axes that stay.</summary>
    public static (Tensor Normal, Tensor Mean, Tensor Variance) Of(Tensor x, Axes kept, double epsilon, bool isCentered)
    {
        var plain = Of(x, kept, x.Weak(epsilon), isCentered);
        var limit = x.DType == DType.Float64 ? 1e270 : 1e30;
        if (kept.Reduced(x.Shape) == 0 || Reach.FactorsFor(x, kept, plain.Variance, epsilon == 0 ? 1 / limit : 0, limit) is not { } factors) return plain;
        var scaled = Of(x * factors, kept, factors * epsilon * factors, isCentered);
        return (scaled.Normal, scaled.Mean / factors, (scaled.Variance / factors / factors).Clamp(max: x.DType.Largest));
    }

    private static (Tensor Normal, Tensor Mean, Tensor Variance) Of(Tensor x, Axes kept, Tensor epsilon, bool isCentered)
    {
        if (!isCentered)
        {
            var square = Ops.Mean.Apply(x.Square(), kept);
            return (x / (square + epsilon).Sqrt(), square.Weak(0), square);
        }

        var mean = Ops.Mean.Apply(x, kept);
        var centered = x - mean;
        var variance = Ops.Mean.Apply(centered.Square(), kept);
        // As in the kernels: beyond, the rounding of a mean shows in what is normalized.
        if (Deviations.Rest(mean, centered, variance + epsilon, kept, most: x.DType == DType.Float64 ? 1e6 : 8) is { } rest)
        {
            (centered, mean) = (centered - rest, mean + rest);
            variance = Ops.Mean.Apply(centered.Square(), kept);
        }

        return (centered / (variance + epsilon).Sqrt(), mean, variance);
    }
}
