namespace Gradus.Data;

/// <summary>What the components of a JPEG picture are.</summary>
internal enum JpegColorKind
{
    Gray,
    YCbCr,
    Rgb,

    /// <summary>Cyan, magenta, yellow and black, as printers take them.</summary>
    Cmyk,

    /// <summary>The same with 255 for no ink, as Adobe writes.</summary>
    InvertedCmyk,

    /// <summary>YCbCr of what printers leave of the light, and black, with 255 for no ink.</summary>
    Ycck,
}

/// <summary>Puts the components of a JPEG picture together: those of fewer samples are made as large as the picture, and become red, green and blue.</summary>
internal static class JpegColors
{
    private const int Half = 1 << 15;

    public static Bitmap Compose(JpegFrame frame, JpegColorKind kind)
    {
        var picture = new Bitmap(frame.Width, frame.Height, kind == JpegColorKind.Gray ? 1 : 3);
        var rows = frame.Components.Select(component => new JpegRows(frame, component)).ToArray();
        for (var y = 0; y < frame.Height; y++)
        {
            foreach (var row in rows) row.Read(y);
            var target = picture.Pixels.AsSpan(y * frame.Width * picture.Channels, frame.Width * picture.Channels);
            if (kind == JpegColorKind.Gray)
            {
                rows[0].Row[..frame.Width].CopyTo(target);
                continue;
            }

            for (var x = 0; x < frame.Width; x++)
            {
                Convert(kind, rows[0].Row[x], rows[1].Row[x], rows[2].Row[x], rows.Length > 3 ? rows[3].Row[x] : (byte)255, target.Slice(3 * x, 3));
            }
        }

        return picture;
    }

    private static void Convert(JpegColorKind kind, byte first, byte second, byte third, byte black, Span<byte> target)
    {
        (target[0], target[1], target[2]) = (first, second, third);
        if (kind is JpegColorKind.YCbCr or JpegColorKind.Ycck) ToRgb(first, second - 128, third - 128, target);
        if (kind is JpegColorKind.Gray or JpegColorKind.YCbCr or JpegColorKind.Rgb) return;
        foreach (ref var color in target)
        {
            // What a color gives in the light that black lets through.
            var (light, through) = (kind == JpegColorKind.InvertedCmyk ? color : 255 - color, kind == JpegColorKind.Cmyk ? 255 - black : black);
            color = (byte)(((light * through) + 127) / 255);
        }
    }

    // ITU-R BT.601, as JFIF says: 1.402, 0.344136, 0.714136 and 1.772 in whole numbers of 2⁻¹⁶.
    private static void ToRgb(int y, int blue, int red, Span<byte> target)
    {
        target[0] = Clamp(y + (((91881 * red) + Half) >> 16));
        target[1] = Clamp(y + (((-22554 * blue) - (46802 * red) + Half) >> 16));
        target[2] = Clamp(y + (((116130 * blue) + Half) >> 16));
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);
}
