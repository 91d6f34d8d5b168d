using System.Buffers.Binary;

namespace Gradus.Data;

/// <summary>The header of a PNG file, checked.</summary>
internal readonly record struct PngHeader(uint Width, uint Height, int Depth, int Color, bool IsInterlaced)
{
    private int Samples => Color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Bits of a pixel in the file.</summary>
    public int PixelBits => Samples * Depth;

    /// <summary>Channels of the decoded picture.</summary>
    public int OutputChannels => Color is 0 or 4 ? 1 : 3;

    /// <summary>Bytes of a row of so many pixels in the file.</summary>
    public long RowBytes(long width) => ((width * PixelBits) + 7) / 8;

    public static PngHeader Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13) throw new InvalidDataException($"its header has {data.Length} bytes, expected 13.");
        var (depth, color) = (data[8], data[9]);
        var fits = color switch { 0 => depth is 1 or 2 or 4 or 8 or 16, 3 => depth is 1 or 2 or 4 or 8, 2 or 4 or 6 => depth is 8 or 16, _ => false };
        if (!fits) throw new InvalidDataException($"it has color type {color} with {depth} bits, which PNG does not know.");
        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new InvalidDataException($"it has compression {data[10]}, filter {data[11]} and interlacing {data[12]}, which PNG does not know.");
        }

        return new PngHeader(BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]), depth, color, data[12] == 1);
    }
}
