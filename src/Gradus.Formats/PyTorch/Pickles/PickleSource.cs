using System.Buffers.Binary;
using System.Numerics;

namespace Gradus.Formats;

/// <summary>The bytes of a pickle from front to back. What is longer than the bytes that are left is refused before memory is taken for it.</summary>
/// <param name="stream">The stream, at the first byte.</param>
/// <param name="length">How many bytes there are, of which a pickle may take fewer.</param>
/// <param name="what">What error messages call it.</param>
internal sealed class PickleSource(Stream stream, long length, string what)
{
    // No model has a longer number or line; both take time that grows with the square of their length.
    private const int LongestNumber = 1024;
    private const int LongestLine = 1 << 16;

    private readonly byte[] _buffer = new byte[Math.Min(length, 1 << 14)];
    private int _at;
    private int _end;

    /// <summary>How many bytes have been taken.</summary>
    public long Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public long Left => length - Position;

    public byte Next() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public double Float64() => BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));

    /// <summary>A whole number of so many bytes, little-endian.</summary>
    public BigInteger Integer(long bytes)
    {
        if (bytes is < 0 or > LongestNumber) throw Refuse($"a number of {bytes} bytes; at most {LongestNumber} are read");
        return new BigInteger(Bytes((ulong)bytes));
    }

    /// <summary>So many bytes.</summary>
    public byte[] Bytes(ulong count)
    {
        if (count > (ulong)Left || count > (ulong)Array.MaxLength) throw Refuse($"a text of {count} bytes, but only {Left} follow");
        var bytes = new byte[count];
        for (var filled = 0; filled < bytes.Length;)
        {
            var part = Take(Math.Min(_buffer.Length, bytes.Length - filled));
            part.CopyTo(bytes.AsSpan(filled));
            filled += part.Length;
        }

        return bytes;
    }

    /// <summary>The bytes up to the end of the line, which is left out.</summary>
    public byte[] Line()
    {
        var line = new List<byte>();
        for (var value = Next(); value != '\n'; value = Next())
        {
            if (line.Count == LongestLine) throw Refuse($"a line of more than {LongestLine} bytes");
            line.Add(value);
        }

        return [.. line];
    }

    /// <summary>An error at the byte that is next.</summary>
    public InvalidDataException Refuse(string reason) => new($"{what}: at byte {Position} of the pickle: {reason}.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left) throw Refuse($"{count} more bytes are needed, but only {Left} follow: the file is cut off or damaged");
        if (_end - _at < count) Fill(count);
        var taken = _buffer.AsSpan(_at, count);
        _at += count;
        Position += count;
        return taken;
    }

    private void Fill(int count)
    {
        var left = _end - _at;
        _buffer.AsSpan(_at, left).CopyTo(_buffer);
        var wanted = (int)Math.Min(_buffer.Length - left, Left - left);
        var read = stream.ReadAtLeast(_buffer.AsSpan(left, wanted), Math.Min(wanted, count - left), throwOnEndOfStream: false);
        (_at, _end) = (0, left + read);
        if (_end < count) throw Refuse("the data end early: the file is cut off or damaged");
    }
}
