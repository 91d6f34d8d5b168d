using System.Globalization;

namespace Gradus.Data;

/// <summary>The sizes of a picture as numbers [channels, height, width], row by row.</summary>
/// <param name="Channels">1 for gray, 3 for red, green and blue, or others.</param>
/// <param name="Height">Number of rows of pixels.</param>
/// <param name="Width">Number of pixels in a row.</param>
public readonly record struct PictureShape(int Channels, int Height, int Width)
{
    /// <summary>Number of pixels of a channel.</summary>
    public int Pixels => Height * Width;

    /// <summary>Number of numbers.</summary>
    public int Count => Channels * Height * Width;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Channels}, {Height}, {Width}]");
}
