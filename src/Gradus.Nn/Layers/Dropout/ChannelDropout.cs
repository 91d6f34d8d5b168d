using System.Globalization;

namespace Gradus.Nn;

/// <summary>In training, sets whole channels to zero with probability p: what <see cref="Dropout1d"/>, 2d and 3d share.</summary>
/// <remarks>Tompson et al., "Efficient object localization using convolutional networks", 2015. The random stream is the module's own.</remarks>
public abstract class ChannelDropout : Layer<Tensor, Tensor>
{
    private readonly int _axes;
    private readonly double _probability;

    private protected ChannelDropout(string name, int axes, double probability)
    {
        Expect.Probability(name, probability);
        (_axes, _probability) = (axes, probability);
    }

    internal override bool DiffersInTraining => _probability > 0;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        Expect.Spatial(_axes, input);
        return IsTraining && _probability > 0 ? input.FeatureDropout(_probability, Random) : input;
    }

    /// <inheritdoc/>
    protected override string Describe() => _probability.ToString(CultureInfo.InvariantCulture);
}
