namespace Gradus;

public sealed partial class Tensor
{
    // What SELU gives far below 0: the value that a dropped element takes, so that mean and variance stay.
    private const double SeluFloor = -1.7580993408473766;

    /// <summary>Each element set to zero with probability p, the others divided by 1 − p.</summary>
    /// <param name="probability">p, in [0, 1).</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">The probability is outside [0, 1).</exception>
    public Tensor Dropout(double probability, Generator? generator = null)
    {
        ExpectProbability("dropout", probability);
        generator ??= Generator.Default;
        return Ops.Dropout.Apply(this, new DropoutArgs(probability, generator.Seed, generator.Stream, generator.Take(Count)));
    }

    /// <summary>
    /// Dropout that keeps the mean 0 and the variance 1 of what SELU gives: each element becomes −1.758 with probability p, and all are then scaled by a and
    /// moved by b.
    /// </summary>
    /// <remarks>a = ((1 − p)·(1 + p·1.758²))^(−½), b = 1.758·a·p. Klambauer et al., "Self-normalizing neural networks", 2017.</remarks>
    /// <inheritdoc cref="Dropout"/>
    public Tensor AlphaDropout(double probability, Generator? generator = null)
    {
        ExpectProbability("alphaDropout", probability);
        return Alpha(probability, (this - SeluFloor).Dropout(probability, generator));
    }

    /// <summary>Whole channels set to zero with probability p, the others divided by 1 − p: [N, C, …].</summary>
    /// <remarks>Tompson et al., "Efficient object localization using convolutional networks", 2015.</remarks>
    /// <param name="probability">p, in [0, 1).</param>
    /// <param name="generator">The random stream, of which each channel takes one number; the default one if left out.</param>
    /// <exception cref="GradusException">The probability is outside [0, 1), or there are fewer than two axes.</exception>
    public Tensor FeatureDropout(double probability, Generator? generator = null) => this * ChannelMask("featureDropout", probability, generator);

    /// <summary><see cref="AlphaDropout"/> of whole channels: [N, C, …].</summary>
    /// <inheritdoc cref="FeatureDropout"/>
    public Tensor FeatureAlphaDropout(double probability, Generator? generator = null)
    {
        var mask = ChannelMask("featureAlphaDropout", probability, generator);
        return Alpha(probability, (this - SeluFloor) * mask);
    }

    /// <summary><see cref="FeatureDropout"/> of [N, C, L].</summary>
    /// <param name="probability">p, in [0, 1).</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">The probability is outside [0, 1), or the input has other axes.</exception>
    public Tensor Dropout1d(double probability, Generator? generator = null) => Rank == 3
        ? FeatureDropout(probability, generator)
        : throw new GradusException($"dropout1d: the input is {Describe()}, expected [samples, channels, length]. FeatureDropout takes any number of axes.");

    /// <summary><see cref="FeatureDropout"/> of [N, C, H, W].</summary>
    /// <param name="probability">p, in [0, 1).</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">The probability is outside [0, 1), or the input has other axes.</exception>
    public Tensor Dropout2d(double probability, Generator? generator = null) => Rank == 4
        ? FeatureDropout(probability, generator)
        : throw new GradusException(
            $"dropout2d: the input is {Describe()}, expected [images, channels, height, width]. FeatureDropout takes any number of axes.");

    /// <summary><see cref="FeatureDropout"/> of [N, C, D, H, W].</summary>
    /// <param name="probability">p, in [0, 1).</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">The probability is outside [0, 1), or the input has other axes.</exception>
    public Tensor Dropout3d(double probability, Generator? generator = null) => Rank == 5
        ? FeatureDropout(probability, generator)
        : throw new GradusException(
            $"dropout3d: the input is {Describe()}, expected [samples, channels, depth, height, width]. FeatureDropout takes any number of axes.");

    /// <summary>From dropout of x + 1.758, which divided by 1 − p, to alpha dropout of x.</summary>
    private static Tensor Alpha(double probability, Tensor dropped)
    {
        var keep = 1 - probability;
        return (dropped + SeluFloor) * (keep / Math.Sqrt(keep * (1 + (probability * SeluFloor * SeluFloor))));
    }

    /// <summary>[N, C, 1, …]: 0 with probability p, else 1 / (1 − p).</summary>
    private Tensor ChannelMask(string operation, double probability, Generator? generator)
    {
        ExpectProbability(operation, probability);
        if (Rank < 2) throw new GradusException($"{operation}: the input is {Describe()}, expected [samples, channels, ...].");
        return Ones([Shape[0], Shape[1], .. Enumerable.Repeat(1, Rank - 2)], Promotion.Real(DType)).Dropout(probability, generator);
    }

    private static void ExpectProbability(string operation, double probability)
    {
        if (!(probability is >= 0 and < 1))
        {
            throw new GradusException(FormattableString.Invariant($"{operation}: probability {probability} is outside [0, 1)."));
        }
    }
}
