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

    // What stands between two of the bytes and is made later.
    private readonly List<(int At, long Length, Action<Stream> Write)> _deferred = [];
    private long _deferredLength;

    private enum Kind
    {
        Varint = 0,
        Eight = 1,
        Counted = 2,
        Four = 5,
    }

    /// <summary>How many bytes the message is.</summary>
    public long Length => _bytes.WrittenCount + _deferredLength;

    /// <summary>What is written so far, without what is deferred.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Begins a new message.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _deferred.Clear();
        _deferredLength = 0;
    }

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

    /// <summary>A text that is left out where it is empty.</summary>
    public void TextUnlessEmpty(int field, string value)
    {
        if (value.Length > 0) Text(field, value);
    }

    /// <summary>Bytes that are made when the message is copied to its stream, so that they are nowhere twice.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="write">Writes that many.</param>
    public void Deferred(int field, long length, Action<Stream> write)
    {
        Key(field, Kind.Counted);
        Varint((ulong)length);
        Defer(_bytes.WrittenCount, length, write);
    }

    /// <summary>A message inside of this one.</summary>
    public void Message(int field, Action<WireWriter> write)
    {
        var inner = new WireWriter(most);
        write(inner);
        Key(field, Kind.Counted);
        Varint((ulong)inner.Length);
        foreach (var part in inner._deferred) Defer(_bytes.WrittenCount + part.At, part.Length, part.Write);
        inner.Written.CopyTo(Take(inner._bytes.WrittenCount));
    }

    /// <summary>Copies the message to a stream.</summary>
    public void CopyTo(Stream stream)
    {
        var done = 0;
        foreach (var (at, _, write) in _deferred)
        {
            stream.Write(Written[done..at]);
            write(stream);
            done = at;
        }

        stream.Write(Written[done..]);
    }

    private void Defer(int at, long length, Action<Stream> write)
    {
        if (length > most - Length) throw TooLong();
        _deferred.Add((at, length, write));
        _deferredLength += length;
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
        if (count > most - Length) throw TooLong();
        var span = _bytes.GetSpan(Math.Max(count, 1))[..count];
        if (advances) _bytes.Advance(count);
        return span;
    }

    private GradusException TooLong() => new($"protobuf: a message of more than {most} bytes; readers take no more. Write less at once.");
}
