namespace Gradus;

/// <summary>(x − mean)/√(variance + ε) as Tensor arithmetic: what the norms' kernels compute in one pass.</summary>
internal static class Standardisation
{
    /// <summary>What is normalised, with the mean (0 unless it is centred) and the variance, along axes that stay.</summary>
    public static (Tensor Normal, Tensor Mean, Tensor Variance) Of(Tensor x, Axes kept, double epsilon, bool isCentred)
    {
        var plain = Of(x, kept, x.Weak(epsilon), isCentred);
        var limit = x.DType == DType.Float64 ? 1e270 : 1e30;
        if (kept.Reduced(x.Shape) == 0 || Reach.FactorsFor(x, kept, plain.Variance, epsilon == 0 ? 1 / limit : 0, limit) is not { } factors) return plain;
        var scaled = Of(x * factors, kept, factors * epsilon * factors, isCentred);
        return (scaled.Normal, scaled.Mean / factors, (scaled.Variance / factors / factors).Clamp(max: x.DType.Largest));
    }

    private static (Tensor Normal, Tensor Mean, Tensor Variance) Of(Tensor x, Axes kept, Tensor epsilon, bool isCentred)
    {
        if (!isCentred)
        {
            var square = Ops.Mean.Apply(x.Square(), kept);
            return (x / (square + epsilon).Sqrt(), square.Weak(0), square);
        }

        var mean = Ops.Mean.Apply(x, kept);
        var centred = x - mean;
        var variance = Ops.Mean.Apply(centred.Square(), kept);
        // As in the kernels: beyond, the rounding of a mean shows in what is normalised.
        if (Deviations.Rest(mean, centred, variance + epsilon, kept, most: x.DType == DType.Float64 ? 1e6 : 8) is { } rest)
        {
            (centred, mean) = (centred - rest, mean + rest);
            variance = Ops.Mean.Apply(centred.Square(), kept);
        }

        return (centred / (variance + epsilon).Sqrt(), mean, variance);
    }
}
