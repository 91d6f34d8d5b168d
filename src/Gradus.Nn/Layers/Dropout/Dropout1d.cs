using System.Globalization;

namespace Gradus.Nn;

/// <summary>
/// In training, sets whole channels to zero with probability p and divides the others by 1 − p; in use, changes nothing: [samples, channels, time].
/// </summary>
/// <remarks>Tompson et al., "Efficient object localization using convolutional networks", 2015. The random stream is the module's own.</remarks>
public sealed class Dropout1d : Layer<Tensor, Tensor>
{
    private readonly double _probability;

    /// <summary>A layer that drops with a probability.</summary>
    /// <param name="probability">In [0, 1). Default 0.5.</param>
    /// <exception cref="GradusException">The probability is outside [0, 1).</exception>
    public Dropout1d(double probability = 0.5)
    {
        Expect.Probability("dropout1d", probability);
        _probability = probability;
    }

    internal override bool DiffersInTraining => _probability > 0;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank != 3) throw Expect.Got("[samples, channels, time]", input);
        return IsTraining && _probability > 0 ? input.Dropout1d(_probability, Random) : input;
    }

    /// <inheritdoc/>
    protected override string Describe() => _probability.ToString(CultureInfo.InvariantCulture);
}
