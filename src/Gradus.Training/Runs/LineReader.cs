namespace Gradus.Training;

/// <summary>The lines of a stream as bytes. Those of many megabytes need no string each.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _begin;
    private int _end;
    private bool _isRead;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line that was read last is the last one, and ends without a line feed: it may not be whole yet.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Reads a line. It is valid until the next one is read.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_begin + searched, _end - _begin - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsMemory(_begin, searched + length);
                _begin += searched + length + 1;
                Number++;
                return true;
            }

            searched = _end - _begin;
            if (_isRead) break;
            Fill();
        }

        line = _buffer.AsMemory(_begin, searched);
        _begin = _end;
        if (searched == 0) return false;
        Number++;
        return IsAtEnd = true;
    }

    private void Fill()
    {
        _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        var count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _isRead = count == 0;
    }
}
