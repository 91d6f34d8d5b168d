namespace Gradus.Data;

/// <summary>A component of a JPEG picture: brightness, or a part of the color, perhaps of fewer samples than the picture has pixels.</summary>
/// <param name="id">Its name in scans.</param>
/// <param name="across">Its samples across in a unit of the picture, 1 to 4.</param>
/// <param name="down">Its samples down.</param>
/// <param name="table">The number of its quantization table.</param>
internal sealed class JpegComponent(byte id, int across, int down, int table)
{
    public byte Id => id;

    public int Across => across;

    public int Down => down;

    public int Table => table;

    /// <summary>Samples in a row that belong to the picture.</summary>
    public int Width { get; private set; }

    /// <summary>Rows that belong to the picture.</summary>
    public int Height { get; private set; }

    /// <summary>Blocks of 8 × 8 samples in a row, filled up to whole units.</summary>
    public int BlocksAcross { get; private set; }

    public int BlocksDown { get; private set; }

    /// <summary>The samples, <see cref="BlocksAcross"/> · 8 in a row.</summary>
    public byte[] Samples { get; private set; } = [];

    /// <summary>Of a progressive picture the coefficients, 64 to a block.</summary>
    public short[] Coefficients { get; private set; } = [];

    /// <summary>The quantization as its first scan found it; null before.</summary>
    public ushort[]? Quantization { get; set; }

    /// <summary>The brightness of the block before, from which the next differs.</summary>
    public int Previous { get; set; }

    public JpegHuffman? First { get; set; }

    public JpegHuffman? Others { get; set; }

    /// <summary>Sets the sizes.</summary>
    public void Measure(int width, int height, int mostAcross, int mostDown)
    {
        Width = ((width * across) + mostAcross - 1) / mostAcross;
        Height = ((height * down) + mostDown - 1) / mostDown;
        BlocksAcross = (width + (8 * mostAcross) - 1) / (8 * mostAcross) * across;
        BlocksDown = (height + (8 * mostDown) - 1) / (8 * mostDown) * down;
    }

    public void Allocate(bool isProgressive)
    {
        Samples = new byte[BlocksAcross * BlocksDown * 64];
        if (isProgressive) Coefficients = new short[Samples.Length];
    }

    /// <summary>Turns the coefficients of a progressive picture into samples.</summary>
    public void Finish()
    {
        Span<short> block = stackalloc short[64];
        for (var index = 0; index < BlocksAcross * BlocksDown; index++)
        {
            Coefficients.AsSpan(index * 64, 64).CopyTo(block);
            Write(block, index % BlocksAcross, index / BlocksAcross);
        }

        Coefficients = [];
    }

    /// <summary>Turns a block of coefficients into samples.</summary>
    public void Write(ReadOnlySpan<short> block, int x, int y) =>
        JpegTransform.Invert(block, Quantization!, Samples.AsSpan((y * 8 * BlocksAcross * 8) + (x * 8)), BlocksAcross * 8);
}
