namespace Gradus.Formats;

/// <summary>Whole numbers of seven bits a byte, the lowest first; the highest bit says that more follow.</summary>
internal static class Leb128
{
    private const int Bits = 7;
    private const byte More = 0x80;

    /// <summary>Reads a number of at most 63 bits; −1 where there is none.</summary>
    public static long Read(Stream stream)
    {
        var value = 0L;
        for (var shift = 0; shift < sizeof(long) * Bits + Bits; shift += Bits)
        {
            var next = stream.ReadByte();
            if (next < 0) return -1;
            value |= (long)(next & ~More) << shift;
            if ((next & More) == 0) return value;
        }

        return -1;
    }

    public static void Write(Stream stream, long value)
    {
        for (; value >= More; value >>= Bits) stream.WriteByte((byte)(value | More));
        stream.WriteByte((byte)value);
    }
}
