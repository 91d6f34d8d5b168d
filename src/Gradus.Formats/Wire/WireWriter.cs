using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Gradus.Formats;

/// <summary>
/// Writes a message in the wire format of protocol buffers: numbers of seven bits a byte, numbers of four and eight bytes, and bytes after their length.
/// A field is written whatever its value, also where the format would let it out.
/// </summary>
/// <param name="most">The most bytes of the message.</param>
internal sealed class WireWriter(int most = WireWriter.MostBytes)
{
    /// <summary>The most bytes of a message: readers of the format take no more than 2 GB.</summary>
    public const int MostBytes = 1 << 30;

    private const int LongestVarint = 10;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    private enum Kind
    {
        Varint = 0,
        Eight = 1,
        Counted = 2,
        Four = 5,
    }

    /// <summary>What is written so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Begins a new message.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>A whole number, a truth value or a choice; a negative one takes ten bytes.</summary>
    public void Whole(int field, long value)
    {
        Key(field, Kind.Varint);
        Varint((ulong)value);
    }

    public void Real(int field, double value)
    {
        Key(field, Kind.Eight);
        BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);
    }

    public void Real32(int field, float value)
    {
        Key(field, Kind.Four);
        BinaryPrimitives.WriteSingleLittleEndian(Take(sizeof(float)), value);
    }

    /// <summary>Several numbers as one field.</summary>
    public void Reals(int field, ReadOnlySpan<double> values)
    {
        Key(field, Kind.Counted);
        Varint((ulong)values.Length * sizeof(double));
        foreach (var value in values) BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, Kind.Counted);
        Varint((ulong)value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <summary>A text as UTF-8; half a surrogate pair becomes U+FFFD.</summary>
    public void Text(int field, string value)
    {
        Key(field, Kind.Counted);
        var count = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    /// <summary>A message inside of this one.</summary>
    public void Message(int field, Action<WireWriter> write)
    {
        var inner = new WireWriter(most);
        write(inner);
        Bytes(field, inner.Written);
    }

    private void Key(int field, Kind kind) => Varint(((ulong)field << 3) | (ulong)kind);

    private void Varint(ulong value)
    {
        var bytes = Take(LongestVarint, advances: false);
        var count = 0;
        for (; value >= 0x80; value >>= 7) bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        _bytes.Advance(count);
    }

    /// <exception cref="GradusException">The message would be too large.</exception>
    private Span<byte> Take(int count, bool advances = true)
    {
        if (count > most - _bytes.WrittenCount)
        {
            throw new GradusException($"protobuf: a message of more than {most} bytes; readers take no more. Write less at once.");
        }

        var span = _bytes.GetSpan(Math.Max(count, 1))[..count];
        if (advances) _bytes.Advance(count);
        return span;
    }
}
