namespace Gradus.Data;

/// <summary>A picture and its class.</summary>
/// <param name="Pixels">The numbers from 0 to 1: channel by channel, each row by row from the top, [channels, height, width].</param>
/// <param name="Label">The class, from 0; −1 where the pictures have none.</param>
public readonly record struct PictureSample(float[] Pixels, int Label)
{
    /// <inheritdoc/>
    public override string ToString() => $"PictureSample({Pixels.Length} pixels, label {Label})";
}
