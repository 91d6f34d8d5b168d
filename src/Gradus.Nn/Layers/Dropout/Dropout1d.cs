namespace Gradus.Nn;

/// <summary>
/// In training, sets whole channels to zero with probability p and divides the others by 1 − p; in use, changes nothing: [samples, channels, time].
/// </summary>
/// <inheritdoc cref="ChannelDropout" path="/remarks"/>
public sealed class Dropout1d : ChannelDropout
{
    /// <summary>A layer that drops with a probability.</summary>
    /// <param name="probability">In [0, 1). Default 0.5.</param>
    /// <exception cref="GradusException">The probability is outside [0, 1).</exception>
    public Dropout1d(double probability = 0.5) : base("dropout1d", 1, probability)
    {
    }
}
