namespace Gradus.Data;

/// <summary>A picture as it was decoded: 8 bits a channel, row by row from the top, the channels of a pixel side by side.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Number of rows.</param>
/// <param name="Channels">1 for gray, 3 for red, green and blue.</param>
/// <param name="Pixels">Height × width × channels bytes.</param>
internal sealed record Bitmap(int Width, int Height, int Channels, byte[] Pixels)
{
    /// <summary>A black picture.</summary>
    public Bitmap(int width, int height, int channels) : this(width, height, channels, new byte[width * height * channels])
    {
    }

    /// <summary>The picture in gray: (19595 red + 38470 green + 7471 blue) / 65536, rounded, the luma of ITU-R BT.601 in whole numbers.</summary>
    public Bitmap ToGray()
    {
        if (Channels == 1) return this;
        var gray = new Bitmap(Width, Height, 1);
        for (var pixel = 0; pixel < gray.Pixels.Length; pixel++)
        {
            var color = Pixels.AsSpan(3 * pixel, 3);
            gray.Pixels[pixel] = (byte)(((19595 * color[0]) + (38470 * color[1]) + (7471 * color[2]) + 0x8000) >> 16);
        }

        return gray;
    }
}
