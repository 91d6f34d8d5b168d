using System.Text;

namespace Gradus.Training;

/// <summary>The lines of a file of events, as bytes.</summary>
/// <param name="stream">The events.</param>
/// <param name="path">The path of the file, for error messages.</param>
internal sealed class EventLines(Stream stream, string path)
{
    // An examination of a network with thousands of layers takes less.
    private const int Longest = 1 << 26;

    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end;

    /// <summary>How many lines were read.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the next line, without its end. It is valid until the next call.</summary>
    /// <exception cref="InvalidDataException">A line is longer than any event.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        var searched = _start;
        while (true)
        {
            var at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var end = searched + at;
                line = _buffer.AsMemory(_start, end - _start);
                (_start, Count) = (end + 1, Count + 1);
                return true;
            }

            searched = Refill();
            if (searched < _end) continue;
            line = _buffer.AsMemory(_start, _end - _start);
            if (line.IsEmpty) return false;
            (_start, Count) = (_end, Count + 1);
            return true;
        }
    }

    /// <summary>Refuses the line that was read last, unless it is the last one of the file: that may not be whole yet.</summary>
    /// <exception cref="InvalidDataException">Another line follows.</exception>
    public void Refuse(ReadOnlyMemory<byte> line)
    {
        var (number, text) = (Count, Encoding.UTF8.GetString(line.Span));
        if (TryRead(out _)) throw new InvalidDataException($"{path}: line {number} is no event: {PlainText.Quote(text)}");
    }

    /// <summary>Reads on behind what is left; gives the place where what is new begins.</summary>
    private int Refill()
    {
        var left = _end - _start;
        if (left == _buffer.Length)
        {
            if (left >= Longest) throw new InvalidDataException($"{path}: line {Count + 1} has more than {Longest} bytes, which no event has.");
            Array.Resize(ref _buffer, 2 * left);
        }

        Buffer.BlockCopy(_buffer, _start, _buffer, 0, left);
        (_start, _end) = (0, left + stream.Read(_buffer, left, _buffer.Length - left));
        return left;
    }
}
