namespace Gradus.Nn;

/// <summary>
/// In training, sets whole channels to zero with probability p and divides the others by 1 − p; in use, changes nothing: [samples, channels, height, width].
/// </summary>
/// <inheritdoc cref="ChannelDropout" path="/remarks"/>
public sealed class Dropout2d : ChannelDropout
{
    /// <inheritdoc cref="Dropout1d(double)"/>
    public Dropout2d(double probability = 0.5) : base("dropout2d", 2, probability)
    {
    }
}
