using System.Globalization;

namespace Gradus.Nn;

/// <summary>In training, sets each element to zero with probability p and divides the others by 1 − p; in use, changes nothing.</summary>
/// <remarks>Srivastava et al., "Dropout", 2014. The random stream is the module's own.</remarks>
public sealed class Dropout : Layer<Tensor, Tensor>
{
    private readonly double _probability;

    /// <summary>A layer that drops with a probability.</summary>
    /// <param name="probability">In [0, 1). Default 0.5.</param>
    /// <exception cref="GradusException">The probability is outside [0, 1).</exception>
    public Dropout(double probability = 0.5)
    {
        if (!(probability is >= 0 and < 1)) throw new GradusException(FormattableString.Invariant($"dropout: probability {probability} is outside [0, 1)."));
        _probability = probability;
    }

    internal override bool DiffersInTraining => _probability > 0;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => IsTraining && _probability > 0 ? input.Dropout(_probability, Random) : input;

    /// <inheritdoc/>
    protected override string Describe() => _probability.ToString(CultureInfo.InvariantCulture);
}
