namespace Gradus.Nn;

public static partial class Attributions
{
    /// <summary>SmoothGrad: the mean of ∂f/∂x at x + ε over normal noises ε, which takes away the gradient's own noise.</summary>
    /// <remarks>
    /// The deviation of ε is <paramref name="noise"/> times the range of the sample, its greatest number less its smallest. Every sample meets the same
    /// draws, from a counter-based stream, so that it gets the same bits in any batch. Smilkov, Thorat, Kim, Viégas and Wattenberg, "SmoothGrad: removing
    /// noise by adding noise", 2017.
    /// </remarks>
    /// <param name="network">The network: [samples, …] → [samples, outputs].</param>
    /// <param name="input">x, [samples, …].</param>
    /// <param name="target">The output asked about: one for all samples, or one for each. Default: the greatest of each sample.</param>
    /// <param name="noise">The share of a sample's range that the noise deviates by, at least 0. Default: 0.15.</param>
    /// <param name="draws">Over how many noises the mean is taken. Default: 50.</param>
    /// <param name="seed">Equal seeds give equal noises. Default: 0.</param>
    /// <returns>[samples, …], as the input.</returns>
    /// <exception cref="GradusException">Input, target or output do not fit, or a number is out of range.</exception>
    public static Tensor SmoothGrad(
        Module<Tensor, Tensor> network, Tensor input, ReadOnlySpan<int> target = default, double noise = 0.15, int draws = 50, long seed = 0)
    {
        if (!(noise >= 0 && double.IsFinite(noise)) || draws < 1)
        {
            throw new GradusException(FormattableString.Invariant(
                $"smoothGrad: a noise of {noise} and {draws} draws; expected a noise of at least 0 and at least 1 draw."));
        }

        return AttributionRun.Of("smoothGrad", network, input, target, run =>
        {
            var x = run.Input;
            var random = new Generator(seed, "smoothGrad");
            var flat = x.Flatten(1);
            var deviation = ((flat.Max(1).Value - flat.Min(1).Value) * noise).Reshape([x.Shape[0], .. Enumerable.Repeat(1, x.Rank - 1)]);
            var sum = Tensor.Zeros(x.Shape, x.DType);
            for (var draw = 0; draw < draws; draw++) sum += run.GradientAt(x + (Tensor.Randn([1, .. x.Shape.AsSpan()[1..]], x.DType, random) * deviation));
            return sum / draws;
        });
    }
}
