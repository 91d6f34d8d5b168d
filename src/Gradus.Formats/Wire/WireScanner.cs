using System.Buffers.Binary;
using System.Text;

namespace Gradus.Formats;

/// <summary>
/// Goes through the fields of a message in a file, one after the other. Bytes behind a length are not read: they are a place in the file, which may be
/// scanned as a message of its own.
/// </summary>
/// <remarks>The four rules of the format: varint, eight bytes, a length and so many bytes, four bytes.</remarks>
internal struct WireScanner(WireSource source, long start, long length, int depth = 0)
{
    private const int MostDepth = 64;

    // What a message and a text take in memory at the least, with their places in lists.
    private const int MessageBytes = 128;
    private const int TextBytes = 48;

    private readonly long _end = start + length;
    private long _position = start;

    /// <summary>The file.</summary>
    public readonly WireSource Source => source;

    /// <summary>The number of the field.</summary>
    public int Field { get; private set; }

    /// <summary>A whole number, or the bits of one of four or eight bytes.</summary>
    public ulong Number { get; private set; }

    /// <summary>Where the bytes behind a length begin in the file.</summary>
    public long Start { get; private set; }

    /// <summary>How many bytes there are behind a length; −1 for a number.</summary>
    public long Length { get; private set; }

    /// <summary>Whether all is read.</summary>
    public readonly bool IsAtEnd => _position >= _end;

    /// <summary>Whether the field is bytes behind a length, as texts, messages and packed numbers are.</summary>
    public readonly bool IsBytes => Length >= 0;

    /// <summary>Reads the next field; false at the end.</summary>
    /// <exception cref="InvalidDataException">The message is damaged.</exception>
    public bool Read()
    {
        if (_position >= _end) return false;
        var at = _position;
        var key = Varint();
        if (key >> 3 is 0 or > int.MaxValue) throw Damage(at, $"a field with the number {key >> 3}");
        (Field, Number, Length) = ((int)(key >> 3), 0, -1);
        switch (key & 7)
        {
            case 0:
                Number = Varint();
                return true;
            case 1:
                Number = Fixed(8);
                return true;
            case 2:
                var count = Varint();
                if (count > (ulong)(_end - _position)) throw Damage(at, $"field {Field} of {count} bytes in a message that has {_end - _position} left");
                (Start, Length) = (_position, (long)count);
                _position += Length;
                return true;
            case 5:
                Number = Fixed(4);
                return true;
            default:
                throw Damage(at, $"field {Field} of kind {key & 7}, expected 0, 1, 2 or 5");
        }
    }

    /// <summary>The field's bytes as a message.</summary>
    public readonly WireScanner Message()
    {
        RequireBytes("a message");
        if (depth == MostDepth) throw Damage(Start, $"messages inside of each other, more than {MostDepth} deep");
        source.Charge(MessageBytes);
        return new WireScanner(source, Start, Length, depth + 1);
    }

    /// <summary>The field's bytes as a text in UTF-8.</summary>
    /// <param name="most">The most bytes.</param>
    public readonly string Text(int most = 1 << 20)
    {
        try
        {
            return StrictUtf8.Encoding.GetString(Bytes(most));
        }
        catch (DecoderFallbackException)
        {
            throw Damage(Start, $"field {Field}: a text that is not UTF-8");
        }
    }

    /// <summary>The field's bytes.</summary>
    /// <param name="most">The most that are read.</param>
    public readonly byte[] Bytes(int most = 1 << 20)
    {
        RequireBytes("bytes");
        if (Length > most) throw Damage(Start, $"field {Field} of {Length} bytes, expected {most} at most");
        source.Charge((2 * Length) + TextBytes);
        var bytes = new byte[Length];
        source.Read(Start, bytes);
        return bytes;
    }

    /// <summary>Adds a whole number, or all of a packed field.</summary>
    public readonly void AddWhole(List<long> numbers)
    {
        if (!IsBytes)
        {
            numbers.Add((long)Number);
            return;
        }

        source.Charge(sizeof(long) * Length);
        var packed = new WireScanner(source, Start, Length, depth);
        while (packed._position < packed._end) numbers.Add((long)packed.Varint());
    }

    /// <summary>Adds a number of four bytes, or all of a packed field.</summary>
    public readonly void AddReal32(List<float> numbers)
    {
        if (!IsBytes)
        {
            numbers.Add(BitConverter.UInt32BitsToSingle((uint)Number));
            return;
        }

        if (Length % sizeof(float) != 0) throw Damage(Start, $"field {Field}: {Length} bytes of numbers of four bytes");
        var packed = new WireScanner(source, Start, Length, depth);
        while (packed._position < packed._end) numbers.Add(BitConverter.UInt32BitsToSingle((uint)packed.Fixed(sizeof(float))));
    }

    /// <summary>Adds a number of eight bytes, or all of a packed field.</summary>
    public readonly void AddReal(List<double> numbers)
    {
        if (!IsBytes)
        {
            numbers.Add(BitConverter.UInt64BitsToDouble(Number));
            return;
        }

        if (Length % sizeof(double) != 0) throw Damage(Start, $"field {Field}: {Length} bytes of numbers of eight bytes");
        var packed = new WireScanner(source, Start, Length, depth);
        while (packed._position < packed._end) numbers.Add(BitConverter.UInt64BitsToDouble(packed.Fixed(sizeof(double))));
    }

    /// <summary>An error about what is at a place of the file.</summary>
    public readonly InvalidDataException Damage(long at, string what) => new($"{source.Name}: at byte {at}: {what}. The file is damaged.");

    private readonly void RequireBytes(string expected)
    {
        if (!IsBytes) throw Damage(_position, $"field {Field} is a number, expected {expected}");
    }

    internal ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_position >= _end) throw Damage(_position, "the message ends within a number");
            var part = source[_position++];
            // Of the tenth byte one bit is left.
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        throw Damage(_position, "a number of more than ten bytes");
    }

    internal ulong Fixed(int count)
    {
        if (count > _end - _position) throw Damage(_position, $"the message ends within a number of {count} bytes");
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        source.Read(_position, bytes[..count]);
        _position += count;
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
