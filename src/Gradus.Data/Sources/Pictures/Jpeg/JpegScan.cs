namespace Gradus.Data;

/// <summary>A scan of a JPEG picture: the blocks of some components, or of a progressive picture some bits of some of their coefficients.</summary>
/// <param name="frame">The picture.</param>
/// <param name="components">The components of the scan.</param>
/// <param name="bits">Its bits.</param>
/// <param name="restart">After so many units the bits begin anew; 0 for never.</param>
internal sealed class JpegScan(JpegFrame frame, JpegComponent[] components, JpegBits bits, int restart)
{
    // Blocks that follow in which nothing more comes.
    private int _emptyBlocks;

    /// <summary>The first and the last coefficient, in the order of the zigzag.</summary>
    public required (int First, int Last) Band { get; init; }

    /// <summary>Of a progressive picture the bit above those that earlier scans gave, 0 where none did.</summary>
    public required int High { get; init; }

    /// <summary>Of a progressive picture the lowest bit of this scan.</summary>
    public required int Low { get; init; }

    public void Read()
    {
        var isAlone = components.Length == 1;
        var across = isAlone ? (components[0].Width + 7) / 8 : frame.UnitsAcross;
        var down = isAlone ? (components[0].Height + 7) / 8 : frame.UnitsDown;
        Span<short> block = stackalloc short[64];
        for (var unit = 0; unit < across * down; unit++)
        {
            if (restart > 0 && unit > 0 && unit % restart == 0) Restart();
            var (x, y) = (unit % across, unit / across);
            if (isAlone) ReadBlock(components[0], x, y, block);
            else
            {
                foreach (var component in components) ReadUnit(component, x, y, block);
            }
        }
    }

    private void ReadUnit(JpegComponent component, int x, int y, Span<short> block)
    {
        for (var row = 0; row < component.Down; row++)
        {
            for (var column = 0; column < component.Across; column++)
                ReadBlock(component, (x * component.Across) + column, (y * component.Down) + row, block);
        }
    }

    private void Restart()
    {
        bits.Restart();
        _emptyBlocks = 0;
        foreach (var component in components) component.Previous = 0;
    }

    private void ReadBlock(JpegComponent component, int x, int y, Span<short> block)
    {
        if (!frame.IsProgressive)
        {
            block.Clear();
            ReadWhole(component, block);
            component.Write(block, x, y);
            return;
        }

        var coefficients = component.Coefficients.AsSpan(((y * component.BlocksAcross) + x) * 64, 64);
        if (Band.First == 0)
        {
            if (High == 0) coefficients[0] = (short)(Brightness(component) << Low);
            else if (bits.Read(1) != 0) coefficients[0] |= (short)(1 << Low);
        }
        else if (High == 0) ReadBand(component.Others!, coefficients);
        else RefineBand(component.Others!, coefficients);
    }

    private int Brightness(JpegComponent component)
    {
        var length = component.First!.Read(bits);
        return component.Previous += length <= 11 ? bits.ReadSigned(length) : throw bits.Damaged();
    }

    private void ReadWhole(JpegComponent component, Span<short> block)
    {
        block[0] = (short)Brightness(component);
        for (var at = 1; at < 64; at++)
        {
            var (zeros, length) = Split(component.Others!.Read(bits));
            if (length == 0 && zeros < 15) return;
            at += zeros;
            if (length > 0) block[Place(at, 63)] = (short)bits.ReadSigned(length);
        }
    }

    private void ReadBand(JpegHuffman codes, Span<short> block)
    {
        if (_emptyBlocks > 0)
        {
            _emptyBlocks--;
            return;
        }

        for (var at = Band.First; at <= Band.Last; at++)
        {
            var (zeros, length) = Split(codes.Read(bits));
            if (length == 0 && zeros < 15)
            {
                _emptyBlocks = (1 << zeros) - 1 + bits.Read(zeros);
                return;
            }

            at += zeros;
            if (length > 0) block[Place(at, Band.Last)] = (short)(bits.ReadSigned(length) << Low);
        }
    }

    /// <summary>One more bit of the coefficients that are not zero, and new ones between them. ITU-T T.81, G.1.2.3.</summary>
    private void RefineBand(JpegHuffman codes, Span<short> block)
    {
        var at = Band.First;
        for (; _emptyBlocks == 0 && at <= Band.Last; at++)
        {
            var (zeros, length) = Split(codes.Read(bits));
            if (length == 0 && zeros < 15)
            {
                _emptyBlocks = (1 << zeros) + bits.Read(zeros);
                break;
            }

            if (length > 1) throw bits.Damaged();
            var value = length == 0 ? 0 : bits.Read(1) != 0 ? 1 << Low : -1 << Low;
            for (; at <= Band.Last; at++)
            {
                ref var coefficient = ref block[JpegTransform.Zigzag[at]];
                if (coefficient != 0) Refine(ref coefficient);
                else if (zeros-- == 0) break;
            }

            if (value != 0) block[Place(at, Band.Last)] = (short)value;
        }

        if (_emptyBlocks == 0) return;
        for (; at <= Band.Last; at++)
        {
            ref var coefficient = ref block[JpegTransform.Zigzag[at]];
            if (coefficient != 0) Refine(ref coefficient);
        }

        _emptyBlocks--;
    }

    private void Refine(ref short coefficient)
    {
        if (bits.Read(1) == 0 || (coefficient & (1 << Low)) != 0) return;
        coefficient += (short)(coefficient > 0 ? 1 << Low : -1 << Low);
    }

    private int Place(int at, int last) => at <= last ? JpegTransform.Zigzag[at] : throw bits.Damaged();

    private static (int Zeros, int Length) Split(int code) => (code >> 4, code & 15);
}
