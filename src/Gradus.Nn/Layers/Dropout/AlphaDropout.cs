using System.Globalization;

namespace Gradus.Nn;

/// <summary>
/// In training, sets elements to the value that <see cref="Selu"/> has far below zero, with probability p, and keeps mean and variance; in use, changes
/// nothing.
/// </summary>
/// <remarks>Klambauer et al., "Self-normalizing neural networks", 2017. The random stream is the module's own.</remarks>
public sealed class AlphaDropout : Layer<Tensor, Tensor>
{
    private readonly double _probability;

    /// <summary>A layer that drops with a probability.</summary>
    /// <param name="probability">In [0, 1). Default 0.5.</param>
    /// <exception cref="GradusException">The probability is outside [0, 1).</exception>
    public AlphaDropout(double probability = 0.5)
    {
        Expect.Probability("alphaDropout", probability);
        _probability = probability;
    }

    internal override bool DiffersInTraining => _probability > 0;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => IsTraining && _probability > 0 ? input.AlphaDropout(_probability, Random) : input;

    /// <inheritdoc/>
    protected override string Describe() => _probability.ToString(CultureInfo.InvariantCulture);
}
