using System.Buffers.Binary;

namespace Gradus.Data;

/// <summary>Decodes the first picture of a GIF file. Transparent pixels have the color that the palette says; what the picture leaves free is black.</summary>
internal sealed class GifDecoder(byte[] file, DecodingLimit limit)
{
    private const int ScreenHeader = 13;
    private const byte Extension = 0x21;
    private const byte Picture = 0x2C;
    private const byte HasColors = 0x80;
    private const byte IsInterlaced = 0x40;

    // The passes of an interlaced picture: the first row of each, and its step.
    private static readonly (int First, int Step)[] Passes = [(0, 8), (4, 8), (2, 4), (1, 2)];

    private int _at = ScreenHeader;

    public Bitmap Decode()
    {
        if (file.Length < ScreenHeader) throw Cut();
        int width = Short(6), height = Short(8);
        limit.Require(width, height, (Int128)width * height * 3);
        var colors = ReadColors(file[10]);
        while (true)
        {
            switch (Next())
            {
                case Extension:
                    Next();
                    while (Next() is > 0 and var length) Skip(length);
                    break;
                case Picture:
                    var picture = new Bitmap(width, height, 3);
                    ReadPicture(picture, colors);
                    return picture;
                case var other:
                    throw new InvalidDataException($"at byte {_at - 1}: got {other:X2}, expected a picture.");
            }
        }
    }

    private void ReadPicture(Bitmap picture, Range colors)
    {
        var place = _at;
        Skip(9);
        int left = Short(place), top = Short(place + 2), width = Short(place + 4), height = Short(place + 6);
        if (left + width > picture.Width || top + height > picture.Height || width == 0 || height == 0)
        {
            throw new InvalidDataException(
                $"at byte {place}: a picture of {width} × {height} at {left}, {top} on a screen of {picture.Width} × {picture.Height}.");
        }

        var flags = file[place + 8];
        var own = ReadColors(flags);
        var palette = file.AsSpan((flags & HasColors) != 0 ? own : colors);
        if (palette.IsEmpty) throw new InvalidDataException("it has no palette.");
        var codes = new GifCodes(file, _at);
        foreach (var (first, step) in (flags & IsInterlaced) != 0 ? Passes : [(0, 1)])
        {
            for (var y = first; y < height; y += step)
            {
                var row = picture.Pixels.AsSpan((((top + y) * picture.Width) + left) * 3, width * 3);
                for (; row.Length > 0; row = row[3..])
                {
                    var color = codes.Next();
                    if (3 * color >= palette.Length) throw new InvalidDataException($"a pixel has color {color} of a palette of {palette.Length / 3}.");
                    palette.Slice(3 * color, 3).CopyTo(row);
                }
            }
        }
    }

    /// <summary>Where the palette lies that these flags tell of; an empty range where they tell of none.</summary>
    private Range ReadColors(byte flags)
    {
        var start = _at;
        if ((flags & HasColors) != 0) Skip(3 << ((flags & 7) + 1));
        return new Range(start, _at);
    }

    private byte Next()
    {
        Skip(1);
        return file[_at - 1];
    }

    private void Skip(int count)
    {
        if (file.Length - _at < count) throw Cut();
        _at += count;
    }

    private int Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

    private InvalidDataException Cut() => new($"it ends at byte {file.Length}, before its picture is whole: truncated.");
}
