using System.Globalization;

namespace Gradus.Nn;

/// <summary><see cref="AlphaDropout"/> of whole channels: [samples, channels, …].</summary>
/// <remarks>Klambauer et al., "Self-normalizing neural networks", 2017. The random stream is the module's own.</remarks>
public sealed class FeatureAlphaDropout : Layer<Tensor, Tensor>
{
    private readonly double _probability;

    /// <summary>A layer that drops with a probability.</summary>
    /// <param name="probability">In [0, 1). Default 0.5.</param>
    /// <exception cref="GradusException">The probability is outside [0, 1).</exception>
    public FeatureAlphaDropout(double probability = 0.5)
    {
        Expect.Probability("featureAlphaDropout", probability);
        _probability = probability;
    }

    internal override bool DiffersInTraining => _probability > 0;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank < 2) throw Expect.Got("[samples, channels, ...]", input);
        return IsTraining && _probability > 0 ? input.FeatureAlphaDropout(_probability, Random) : input;
    }

    /// <inheritdoc/>
    protected override string Describe() => _probability.ToString(CultureInfo.InvariantCulture);
}
