namespace Gradus.Nn;

/// <summary>
/// y = (x − mean)/√(variance + ε)·weight + bias for each channel, mean and variance being those over all shards of a <see cref="ShardGroup"/>.
/// Inputs x, weight, bias.
/// </summary>
/// <remarks>
/// The moments are put together from those of the shards s (Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample
/// variances", 1979): n = Σ nₛ, mean = Σ nₛ·meanₛ / n, variance = Σ nₛ·(varianceₛ + (meanₛ − mean)²) / n.
/// Since the losses of all shards depend on them, so do the sums in dx = weight/√(variance + ε)·(g − Σ g / n − x̂·Σ g·x̂ / n).
/// </remarks>
internal sealed class SyncBatchNorm(double epsilon) : CustomFunction
{
    // A float holds whole numbers up to 2²⁴: a count goes in two parts.
    private const int Part = 4096;

    /// <inheritdoc/>
    public override bool IsTwiceDifferentiable => false;

    internal override bool KeepsNothing => true;

    /// <summary>The number of values of a channel in all shards.</summary>
    public long Count { get; private set; }

    /// <summary>The means, [channels].</summary>
    public float[] Mean { get; private set; } = [];

    /// <summary>The biased variances, [channels].</summary>
    public float[] Variance { get; private set; } = [];

    /// <inheritdoc/>
    protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
    {
        var x = inputs[0];
        var channels = x.Shape[1];
        var own = x.Count / channels;
        var (means, variances, sums) = (new float[channels], new float[channels], new float[channels + 2]);
        ChannelNormKernels.Moments(x, epsilon, means, variances);

        for (var channel = 0; channel < channels; channel++) sums[channel] = own * means[channel];
        (sums[channels], sums[channels + 1]) = (own / Part, own % Part);
        Sum(sums);
        Count = ((long)sums[channels] * Part) + (long)sums[channels + 1];
        Mean = [.. sums[..channels].Select(sum => sum / Count)];

        for (var channel = 0; channel < channels; channel++)
        {
            var aside = means[channel] - Mean[channel];
            variances[channel] = own * (variances[channel] + (aside * aside));
        }

        Sum(variances);
        Variance = [.. variances.Select(sum => sum / Count)];
        context.Save(x, inputs[1]);
        return x.BatchNorm(inputs[1], inputs[2], Tensor.From(Mean, [channels]), Tensor.From(Variance, [channels]), epsilon);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(Context context, Tensor gradient)
    {
        var (x, weight) = (context.Saved[0], context.Saved[1].ToArray<float>());
        var channels = weight.Length;
        var sums = new float[2 * channels];
        var (products, plain) = (sums.AsMemory(0, channels), sums.AsMemory(channels));
        ChannelNormKernels.Sums(x, gradient, epsilon, Mean, Variance, products.Span, plain.Span);
        Tensor?[] results = [null, Tensor.From(products.ToArray(), [channels]), Tensor.From(plain.ToArray(), [channels])];

        Sum(sums);
        var (factors, slopes, offsets) = (new float[channels], new float[channels], new float[channels]);
        for (var channel = 0; channel < channels; channel++)
        {
            var scale = (float)(1 / Math.Sqrt(Variance[channel] + epsilon));
            factors[channel] = weight[channel] * scale;
            slopes[channel] = -factors[channel] * scale * sums[channel] / Count;
            offsets[channel] = -factors[channel] * sums[channels + channel] / Count;
        }

        results[0] = ChannelNormKernels.Gradient(x, gradient, Mean, factors, slopes, offsets);
        return results;
    }

    // Where there is no group, as for one who looks at a shard's graph by itself, the numbers of the shard stand for all.
    private static void Sum(Span<float> values) => ShardGroup.Current?.Sum(values);
}
