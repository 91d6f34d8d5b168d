namespace Gradus.Nn;

/// <summary>
/// In training, sets whole channels to zero with probability p and divides the others by 1 − p; in use, changes nothing:
/// [samples, channels, depth, height, width].
/// </summary>
/// <inheritdoc cref="ChannelDropout" path="/remarks"/>
public sealed class Dropout3d : ChannelDropout
{
    /// <inheritdoc cref="Dropout1d(double)"/>
    public Dropout3d(double probability = 0.5) : base("dropout3d", 3, probability)
    {
    }
}
