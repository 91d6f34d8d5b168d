using System.Buffers.Binary;
using System.Numerics;

namespace Gradus.Data;

/// <summary>Decodes BMP of 1, 4, 8, 16, 24 and 32 bits a pixel, uncompressed, from below or from above. Transparency is left out.</summary>
internal static class BmpDecoder
{
    private const int FileHeader = 14;
    private const int CoreHeader = 12;
    private const int InfoHeader = 40;
    private const int LongestHeader = 124;

    private const int Plain = 0;
    private const int Masks = 3;
    private const int MasksWithAlpha = 6;

    public static Bitmap Decode(byte[] file, DecodingLimit limit)
    {
        if (file.Length < FileHeader + CoreHeader) throw new InvalidDataException($"it ends at byte {file.Length}, within its header: truncated.");
        var headerLength = Number(file, FileHeader);
        if (headerLength != CoreHeader && headerLength is < InfoHeader or > LongestHeader)
        {
            throw new InvalidDataException($"its header has {headerLength} bytes; expected {CoreHeader}, or {InfoHeader} to {LongestHeader}.");
        }

        if (file.Length < FileHeader + headerLength) throw new InvalidDataException($"it ends at byte {file.Length}, within its header: truncated.");
        var isCore = headerLength == CoreHeader;
        long width = isCore ? Short(file, 18) : Number(file, 18), rows = isCore ? Short(file, 20) : Number(file, 22);
        var bits = Short(file, isCore ? 24 : 28);
        var compression = isCore ? Plain : Number(file, 30);
        if (bits is not (1 or 4 or 8 or 16 or 24 or 32)) throw new InvalidDataException($"it has {bits} bits a pixel; expected 1, 4, 8, 16, 24 or 32.");
        if (compression is not (Plain or Masks or MasksWithAlpha) || (compression != Plain && bits is not (16 or 32)))
        {
            throw new InvalidDataException($"its compression {compression} of {bits} bits a pixel is not read. Save it as PNG.");
        }

        var height = Math.Abs(rows);
        limit.Require(width, height, (Int128)width * height * 3);
        var stride = ((width * bits) + 31) / 32 * 4;
        long start = (uint)Number(file, 10);
        // The last row may lack what fills it up.
        if (start < FileHeader + headerLength || start + ((height - 1) * stride) + (((width * bits) + 7) / 8) > file.Length)
        {
            throw new InvalidDataException(
                $"its {width} × {height} pixels of {bits} bits do not fit between byte {start} and the end, byte {file.Length}: truncated?");
        }

        var colors = bits <= 8 ? Colors(file, headerLength, bits, isCore, (int)start) : [];
        var masks = bits is 16 or 32 ? MasksOf(file, headerLength, compression, bits) : default;
        var picture = new Bitmap((int)width, (int)height, 3);
        for (var y = 0; y < picture.Height; y++)
        {
            var from = start + ((rows > 0 ? height - 1 - y : y) * stride);
            var row = file.AsSpan((int)from, (int)Math.Min(stride, file.Length - from));
            for (var x = 0; x < picture.Width; x++) Read(row, x, bits, colors, masks, picture.Pixels.AsSpan(((y * picture.Width) + x) * 3, 3));
        }

        return picture;
    }

    private static void Read(ReadOnlySpan<byte> row, int x, int bits, byte[] colors, (uint Red, uint Green, uint Blue) masks, Span<byte> target)
    {
        switch (bits)
        {
            case <= 8:
                var bit = x * bits;
                var index = (row[bit >> 3] >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
                if (3 * index >= colors.Length) throw new InvalidDataException($"a pixel has color {index} of a palette of {colors.Length / 3}.");
                colors.AsSpan(3 * index, 3).CopyTo(target);
                break;
            case 24:
                (target[0], target[1], target[2]) = (row[(3 * x) + 2], row[(3 * x) + 1], row[3 * x]);
                break;
            default:
                var value = bits == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(row[(2 * x)..]) : BinaryPrimitives.ReadUInt32LittleEndian(row[(4 * x)..]);
                (target[0], target[1], target[2]) = (Part(value, masks.Red), Part(value, masks.Green), Part(value, masks.Blue));
                break;
        }
    }

    /// <summary>The colors of the palette, red first; in the file blue comes first.</summary>
    private static byte[] Colors(byte[] file, int headerLength, int bits, bool isCore, int start)
    {
        var (size, at) = (isCore ? 3 : 4, FileHeader + headerLength);
        var told = isCore ? 0 : (uint)Number(file, 46);
        var count = (int)Math.Min(told is > 0 and <= 256 ? told : 1u << bits, (start - at) / size);
        var colors = new byte[3 * count];
        for (var index = 0; index < count; index++, at += size)
        {
            (colors[3 * index], colors[(3 * index) + 1], colors[(3 * index) + 2]) = (file[at + 2], file[at + 1], file[at]);
        }

        return colors;
    }

    private static (uint Red, uint Green, uint Blue) MasksOf(byte[] file, int headerLength, int compression, int bits)
    {
        if (compression == Plain) return bits == 16 ? (0x7C00u, 0x3E0u, 0x1Fu) : (0xFF0000u, 0xFF00u, 0xFFu);
        const int At = FileHeader + InfoHeader;
        // They stand in a longer header, or behind a short one.
        if (file.Length < At + 12 || headerLength is > InfoHeader and < InfoHeader + 12)
        {
            throw new InvalidDataException("its masks of the colors are missing.");
        }

        var masks = ((uint)Number(file, At), (uint)Number(file, At + 4), (uint)Number(file, At + 8));
        return IsMask(masks.Item1) && IsMask(masks.Item2) && IsMask(masks.Item3) ? masks
            : throw new InvalidDataException($"its masks of the colors are {masks.Item1:X}, {masks.Item2:X} and {masks.Item3:X}; expected bits side by side.");
    }

    private static bool IsMask(uint mask) => mask != 0 && BitOperations.IsPow2((ulong)(mask >> BitOperations.TrailingZeroCount(mask)) + 1);

    /// <summary>A color's part of a pixel, from 0 to 255.</summary>
    private static byte Part(uint value, uint mask)
    {
        var shift = BitOperations.TrailingZeroCount(mask);
        ulong most = mask >> shift, part = (value & mask) >> shift;
        return (byte)(((part * 255) + (most / 2)) / most);
    }

    private static int Number(byte[] file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));

    private static int Short(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
}
