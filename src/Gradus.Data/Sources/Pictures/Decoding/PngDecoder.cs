using System.IO.Compression;

namespace Gradus.Data;

/// <summary>Decodes PNG: every color type, depth and interlacing. ISO/IEC 15948. Transparency is left out, of 16 bits the upper 8 are kept.</summary>
internal static class PngDecoder
{
    private const int Gray = 0;
    private const int Palette = 3;

    // The seven passes of Adam7: where each begins, and its steps.
    private static readonly (int X, int Y, int Right, int Down)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static Bitmap Decode(byte[] file, DecodingLimit limit)
    {
        var chunks = PngChunks.Of(file);
        var header = PngHeader.Read(file.AsSpan(chunks.Header));
        limit.Require(header.Width, header.Height, ((Int128)header.Width * header.Height * header.OutputChannels) + (2 * header.RowBytes(header.Width)));
        var colors = Colors(file, chunks, header);
        var picture = new Bitmap((int)header.Width, (int)header.Height, header.OutputChannels);
        using var packed = new PngData(file, chunks.Data);
        using var data = new ZLibStream(packed, CompressionMode.Decompress);
        foreach (var pass in header.IsInterlaced ? Passes : [(0, 0, 1, 1)]) ReadPass(data, header, colors, picture, pass);
        // The checksum of the data is held against them at their end.
        if (Unpack(data, new byte[1]) > 0) throw new InvalidDataException("it holds more pixels than its header says.");
        return picture;
    }

    private static byte[] Colors(byte[] file, PngChunks chunks, PngHeader header)
    {
        if (header.Color != Palette) return [];
        return chunks.Palette is { } palette ? file[palette] : throw new InvalidDataException("its palette is missing.");
    }

    private static void ReadPass(Stream data, PngHeader header, byte[] colors, Bitmap picture, (int X, int Y, int Right, int Down) pass)
    {
        var width = (picture.Width - pass.X + pass.Right - 1) / pass.Right;
        if (width <= 0) return;
        var length = (int)header.RowBytes(width);
        byte[] row = new byte[length + 1], above = new byte[length + 1];
        for (var y = pass.Y; y < picture.Height; y += pass.Down)
        {
            if (Unpack(data, row) < row.Length) throw new InvalidDataException("its pixels end early: truncated?");
            Unfilter(row[0], row.AsSpan(1), above.AsSpan(1), Math.Max(1, header.PixelBits / 8));
            for (var index = 0; index < width; index++)
            {
                var target = picture.Pixels.AsSpan(((y * picture.Width) + pass.X + (index * pass.Right)) * picture.Channels, picture.Channels);
                Expand(row.AsSpan(1), index, header, colors, target);
            }

            (row, above) = (above, row);
        }
    }

    private static int Unpack(Stream data, Span<byte> row)
    {
        try
        {
            return data.ReadAtLeast(row, row.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // The platform's own exception, of input and output, is for data that need a dictionary, which PNG has not.
            throw new InvalidDataException($"its compressed pixels are damaged: {exception.Message}", exception);
        }
    }

    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case 0:
                return;
            case 1:
                for (var at = step; at < row.Length; at++) row[at] += row[at - step];
                return;
            case 2:
                for (var at = 0; at < row.Length; at++) row[at] += above[at];
                return;
            case 3:
                for (var at = 0; at < row.Length; at++) row[at] += (byte)(((at < step ? 0 : row[at - step]) + above[at]) >> 1);
                return;
            case 4:
                for (var at = 0; at < row.Length; at++)
                {
                    row[at] += at < step ? above[at] : Paeth(row[at - step], above[at], above[at - step]);
                }

                return;
            default:
                throw new InvalidDataException($"a row has the filter {filter}, expected 0 to 4.");
        }
    }

    private static byte Paeth(byte left, byte above, byte corner)
    {
        int fromLeft = Math.Abs(above - corner), fromAbove = Math.Abs(left - corner), fromCorner = Math.Abs(left + above - (2 * corner));
        return fromLeft <= fromAbove && fromLeft <= fromCorner ? left : fromAbove <= fromCorner ? above : corner;
    }

    private static void Expand(ReadOnlySpan<byte> row, int index, PngHeader header, byte[] colors, Span<byte> target)
    {
        if (header.Depth >= 8)
        {
            var bytes = header.Depth / 8;
            var at = index * header.PixelBits / 8;
            if (header.Color != Palette)
            {
                for (var channel = 0; channel < target.Length; channel++) target[channel] = row[at + (channel * bytes)];
                return;
            }

            Color(colors, row[at], target);
            return;
        }

        var bit = index * header.Depth;
        var value = (row[bit >> 3] >> (8 - header.Depth - (bit & 7))) & ((1 << header.Depth) - 1);
        if (header.Color == Gray) target[0] = (byte)(value * 255 / ((1 << header.Depth) - 1));
        else Color(colors, value, target);
    }

    private static void Color(byte[] colors, int index, Span<byte> target)
    {
        if ((3 * index) + 3 > colors.Length) throw new InvalidDataException($"a pixel has color {index} of a palette of {colors.Length / 3}.");
        colors.AsSpan(3 * index, 3).CopyTo(target);
    }
}
