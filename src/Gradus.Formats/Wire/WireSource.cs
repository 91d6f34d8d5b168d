namespace Gradus.Formats;

/// <summary>
/// The bytes of a file in the wire format of protocol buffers, read at any place through a small window: what a message holds in bulk is passed over
/// until it is asked for, and files of more than 2 GB are read as others are.
/// </summary>
internal sealed class WireSource
{
    private const int WindowBytes = 1 << 14;
    private const long BaseAllowance = 32 << 20;
    private const long AllowancePerByte = 3;

    private readonly Stream _stream;
    private readonly byte[] _window;
    private long _windowStart;
    private int _windowLength;
    private long _allowed;

    /// <summary>A source over a stream that can seek.</summary>
    /// <param name="stream">The stream, at the file's beginning.</param>
    /// <param name="name">What errors call the file.</param>
    public WireSource(Stream stream, string name)
    {
        (_stream, Name) = (stream, name);
        Begin = stream.Position;
        Length = stream.Length - Begin;
        _window = new byte[(int)Math.Min(WindowBytes, Length)];
        _allowed = BaseAllowance + (AllowancePerByte * Length);
    }

    /// <summary>What errors call the file.</summary>
    public string Name { get; }

    /// <summary>The size of the file in bytes.</summary>
    public long Length { get; }

    private long Begin { get; }

    /// <summary>The whole file as a message.</summary>
    public WireScanner Scan() => new(this, 0, Length);

    /// <summary>One byte.</summary>
    public byte this[long position]
    {
        get
        {
            var at = position - _windowStart;
            if (at < 0 || at >= _windowLength)
            {
                Fill(position);
                at = 0;
            }

            return _window[at];
        }
    }

    /// <summary>Copies bytes, which the caller has made sure are there.</summary>
    public void Read(long position, Span<byte> target)
    {
        var at = position - _windowStart;
        if (at >= 0 && at + target.Length <= _windowLength)
        {
            _window.AsSpan((int)at, target.Length).CopyTo(target);
            return;
        }

        _stream.Position = Begin + position;
        try
        {
            _stream.ReadExactly(target);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{Name}: the file became shorter while it was read: it ends before byte {position + target.Length}.");
        }
    }

    /// <summary>The bytes of a part of the file as a stream.</summary>
    public Stream Part(long position, long length)
    {
        _stream.Position = Begin + position;
        return new StreamPart(_stream, length);
    }

    /// <summary>The numbers of a packed field, as their bits.</summary>
    /// <param name="position">Where they begin.</param>
    /// <param name="length">How many bytes they are.</param>
    /// <param name="size">The bytes of each; 0 for varints.</param>
    public IEnumerable<ulong> Packed(long position, long length, int size)
    {
        var numbers = new WireScanner(this, position, length);
        while (!numbers.IsAtEnd) yield return size == 0 ? numbers.Varint() : numbers.Fixed(size);
    }

    /// <summary>Counts memory that a part of the file takes: an empty message is two bytes in a file and a hundred in memory.</summary>
    /// <exception cref="InvalidDataException">All together is more than a file of this size may take.</exception>
    public void Charge(long bytes)
    {
        _allowed -= bytes;
        if (_allowed >= 0) return;
        throw new InvalidDataException(
            $"{Name}: it holds more messages and texts than a file of {Length} bytes may: it may have been made to fill the memory.");
    }

    private void Fill(long position)
    {
        _windowLength = (int)Math.Min(_window.Length, Length - position);
        _windowStart = position;
        _stream.Position = Begin + position;
        try
        {
            _stream.ReadExactly(_window, 0, _windowLength);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{Name}: the file became shorter while it was read: it ends before byte {position + _windowLength}.");
        }
    }
}
