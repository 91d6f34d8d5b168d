using System.Buffers.Binary;
using System.IO.Compression;

namespace Gradus.Formats;

/// <summary>A picture of 8 bits a channel as a PNG file. ISO/IEC 15948.</summary>
internal static class PngFile
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A picture as the bytes of a file.</summary>
    /// <param name="pixels">Row by row from the top, the channels of a pixel side by side.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="channels">1 for gray, 3 for red, green and blue.</param>
    public static byte[] Bytes(ReadOnlySpan<byte> pixels, int width, int channels)
    {
        var rowBytes = width * channels;
        using var data = new MemoryStream();
        using (var packed = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var start = 0; start < pixels.Length; start += rowBytes)
            {
                // Before each row stands its filter: none.
                packed.WriteByte(0);
                packed.Write(pixels.Slice(start, rowBytes));
            }
        }

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], pixels.Length / rowBytes);
        header[8] = 8;
        header[9] = (byte)(channels == 1 ? 0 : 2);
        var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.Value);
        file.Write(number);
    }
}
