using System.Buffers.Binary;

namespace Gradus.Formats;

/// <summary>What a PNG file says of its picture at its beginning. ISO/IEC 15948.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 for gray, 2 with alpha, 3 for colors, 4 with alpha.</param>
internal readonly record struct PngHeader(int Width, int Height, int Channels)
{
    // The signature, and the length and name of the first chunk.
    private static ReadOnlySpan<byte> Begin => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

    /// <exception cref="InvalidDataException">The bytes are no PNG file.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> png)
    {
        if (png.Length < 33 || !png.StartsWith(Begin)) throw new InvalidDataException("image: these bytes are no PNG file.");
        // A palette is of colors.
        var channels = png[25] switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 };
        return new PngHeader(BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]), channels);
    }
}
