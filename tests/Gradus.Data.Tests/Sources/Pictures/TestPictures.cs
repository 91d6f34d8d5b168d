using System.Buffers.Binary;
using System.IO.Compression;
using Gradus.Formats;

namespace Gradus.Data.Tests;

/// <summary>Writes picture files byte by byte, in every way that their formats allow.</summary>
internal static class TestPictures
{
    private static readonly (int X, int Y, int Right, int Down)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>A picture in which each pixel differs: red grows to the right, green down, blue with both.</summary>
    public static byte[] Pixels(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            var (x, y) = (pixel % width, pixel / width);
            (pixels[3 * pixel], pixels[(3 * pixel) + 1], pixels[(3 * pixel) + 2]) = ((byte)(x * 7), (byte)(y * 11), (byte)((x * y) + 5));
        }

        return pixels;
    }

    /// <summary>A picture of one color.</summary>
    public static byte[] Plain(int width, int height, byte red, byte green, byte blue) =>
        [.. Enumerable.Range(0, width * height).SelectMany(_ => new[] { red, green, blue })];

    /// <summary>A PNG of 8 bits a channel in red, green and blue.</summary>
    public static byte[] Png(int width, int height, byte[] pixels) => Png(width, height, 2, 8, (x, y) => pixels.AsSpan(3 * ((y * width) + x), 3).ToArray());

    /// <summary>A PNG of any kind; the filters come by turns.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="color">The color type.</param>
    /// <param name="depth">Bits a sample.</param>
    /// <param name="pixel">The samples of a pixel: of 16 bits two bytes each, of less than 8 its value.</param>
    /// <param name="palette">The colors.</param>
    /// <param name="isInterlaced">In seven passes.</param>
    /// <param name="pieces">So many chunks of pixels.</param>
    public static byte[] Png(
        int width, int height, byte color, byte depth, Func<int, int, byte[]> pixel, byte[]? palette = null, bool isInterlaced = false, int pieces = 1)
    {
        var raw = new MemoryStream();
        foreach (var (startX, startY, right, down) in isInterlaced ? Passes : [(0, 0, 1, 1)])
        {
            if (startX >= width) continue;
            byte[]? above = null;
            for (var y = startY; y < height; y += down)
            {
                var row = Pack(Enumerable.Range(0, (width - startX + right - 1) / right).Select(index => pixel(startX + (index * right), y)), depth);
                var filter = (byte)((y / down) % 5);
                raw.WriteByte(filter);
                raw.Write(Filter(filter, row, above ?? new byte[row.Length], Math.Max(1, pixel(0, 0).Length * (depth < 8 ? 0 : 1))));
                above = row;
            }
        }

        byte[] header = [.. Big((uint)width), .. Big((uint)height), depth, color, 0, 0, isInterlaced ? (byte)1 : (byte)0];
        var file = new List<byte>(PngDecoder.Signature.ToArray());
        file.AddRange(Chunk("IHDR"u8, header));
        file.AddRange(Chunk("tEXt"u8, "Comment\0made by a test"u8.ToArray()));
        if (palette is not null) file.AddRange(Chunk("PLTE"u8, palette));
        var packed = Zlib(raw.ToArray());
        foreach (var piece in packed.Chunk((packed.Length / pieces) + 1)) file.AddRange(Chunk("IDAT"u8, piece));
        file.AddRange(Chunk("IEND"u8, []));
        return [.. file];
    }

    public static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data) =>
        [.. Big((uint)data.Length), .. type, .. data, .. Big(Crc32.Of([.. type, .. data]))];

    public static byte[] Zlib(byte[] data)
    {
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal)) stream.Write(data);
        return packed.ToArray();
    }

    /// <summary>A BMP.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows; less than 0 where the first is the upper one.</param>
    /// <param name="bits">Bits a pixel.</param>
    /// <param name="pixel">The bits of a pixel.</param>
    /// <param name="palette">The colors, blue first, four bytes each.</param>
    /// <param name="masks">Where the colors lie; null for the usual places.</param>
    public static byte[] Bmp(int width, int height, ushort bits, Func<int, int, uint> pixel, byte[]? palette = null, uint[]? masks = null)
    {
        var rows = Math.Abs(height);
        var stride = ((width * bits) + 31) / 32 * 4;
        byte[] behind = [.. palette ?? [], .. (masks ?? []).SelectMany(Little)];
        var start = 54 + behind.Length;
        var data = new byte[stride * rows];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var value = pixel(x, height > 0 ? rows - 1 - y : y);
                if (bits < 8) data[(y * stride) + (x * bits / 8)] |= (byte)(value << (8 - bits - (x * bits % 8)));
                else Little(value).AsSpan(0, bits / 8).CopyTo(data.AsSpan((y * stride) + (x * bits / 8)));
            }
        }

        return [(byte)'B', (byte)'M', .. Little((uint)(start + data.Length)), .. Little(0), .. Little((uint)start), .. Little(40), .. Little((uint)width),
            .. Little((uint)height), 1, 0, (byte)bits, 0, .. Little(masks is null ? 0u : 3u), .. Little(0), .. Little(0), .. Little(0),
            .. Little((uint)((palette?.Length ?? 0) / 4)), .. Little(0), .. behind, .. data];
    }

    public static byte[] Big(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    public static byte[] Little(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static byte[] Pack(IEnumerable<byte[]> pixels, int depth)
    {
        if (depth >= 8) return [.. pixels.SelectMany(static pixel => pixel)];
        var each = 8 / depth;
        return [.. pixels.Select(static pixel => pixel[0]).Chunk(each)
            .Select(chunk => (byte)chunk.Select((value, index) => value << (8 - (depth * (index + 1)))).Sum())];
    }

    private static byte[] Filter(byte filter, byte[] row, byte[] above, int step)
    {
        var result = new byte[row.Length];
        for (var at = 0; at < row.Length; at++)
        {
            int left = at < step ? 0 : row[at - step], up = above[at], corner = at < step ? 0 : above[at - step], guess = left + up - corner;
            var nearest = new[] { left, up, corner }.MinBy(value => Math.Abs(guess - value));
            result[at] = (byte)(row[at] - filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => nearest });
        }

        return result;
    }
}
