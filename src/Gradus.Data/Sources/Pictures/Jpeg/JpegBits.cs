namespace Gradus.Data;

/// <summary>Reads the bits of a scan, up to the marker behind it.</summary>
internal sealed class JpegBits(byte[] file, int start)
{
    private const byte Mark = 0xFF;

    private ulong _bits;
    private int _held;

    // Zeros that stand in for bits behind the end, so that looking ahead may go beyond it; reading them may not.
    private int _beyond;

    /// <summary>The place of the next byte; at the end of the scan, that of its marker.</summary>
    public int At { get; private set; } = start;

    /// <summary>The next 16 bits, which stay.</summary>
    public int Peek16()
    {
        if (_held < 16) Fill();
        return (int)(_bits >> (_held - 16)) & 0xFFFF;
    }

    /// <summary>Drops so many bits that were seen.</summary>
    public void Drop(int count)
    {
        _held -= count;
        if (_held < _beyond) throw new InvalidDataException($"at byte {At}: a scan ends before its pixels do: truncated or damaged.");
    }

    /// <summary>The next bits, at most 16, as a number.</summary>
    public int Read(int count)
    {
        if (count == 0) return 0;
        var value = Peek16() >> (16 - count);
        Drop(count);
        return value;
    }

    /// <summary>The next bits as a number with a sign, the smaller half of them negative.</summary>
    public int ReadSigned(int count)
    {
        if (count == 0) return 0;
        var value = Read(count);
        return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }

    /// <summary>Goes behind the next restart marker.</summary>
    public void Restart()
    {
        (_bits, _held, _beyond) = (0, 0, 0);
        // A marker may be filled up.
        while (At + 1 < file.Length && file[At] == Mark && file[At + 1] == Mark) At++;
        if (At + 1 >= file.Length || file[At] != Mark || file[At + 1] is < 0xD0 or > 0xD7) throw Damaged();
        At += 2;
    }

    public InvalidDataException Damaged() => new($"near byte {At}: the compressed pixels are damaged.");

    private void Fill()
    {
        while (_held <= 48)
        {
            var next = 0;
            if (At >= file.Length || (file[At] == Mark && (At + 1 >= file.Length || file[At + 1] != 0))) _beyond += 8;
            else
            {
                next = file[At];
                // A zero follows 255, so that it is no marker.
                At += next == Mark ? 2 : 1;
            }

            _bits = (_bits << 8) | (uint)next;
            _held += 8;
        }
    }
}
