namespace Gradus.Data;

/// <summary>Unpacks the pixels of a GIF picture one after another: codes of growing length, each a string of pixels (LZW).</summary>
internal sealed class GifCodes
{
    private const int LongestCode = 12;

    private readonly byte[] _file;
    private readonly int _clear;
    private readonly int _firstLength;

    // A code's string is that of another code and one pixel more.
    private readonly ushort[] _before = new ushort[1 << LongestCode];
    private readonly byte[] _last = new byte[1 << LongestCode];
    private readonly byte[] _pending = new byte[1 << LongestCode];
    private int _waiting;
    private int _at;
    private int _left;
    private uint _bits;
    private int _held;
    private int _length;
    private int _count;
    private int _previous = -1;

    /// <summary>Starts where the data of a picture begin.</summary>
    public GifCodes(byte[] file, int at)
    {
        (_file, _at) = (file, at);
        var size = ReadByte();
        if (size is < 1 or > 8) throw new InvalidDataException($"at byte {at}: codes for {size} bits a pixel, expected 1 to 8.");
        (_clear, _firstLength) = (1 << size, size + 1);
        for (var pixel = 0; pixel < _clear; pixel++) _last[pixel] = (byte)pixel;
        Clear();
    }

    /// <summary>The next pixel.</summary>
    public byte Next()
    {
        while (_waiting == 0) ReadString();
        return _pending[--_waiting];
    }

    private void ReadString()
    {
        var code = ReadCode();
        if (code == _clear)
        {
            Clear();
            return;
        }

        if (code == _clear + 1) throw new InvalidDataException("its pixels end before the picture is full: truncated?");
        if (code > _count || (code == _count && _previous < 0)) throw new InvalidDataException($"near byte {_at}: a code {code} of {_count}: damaged.");
        // A code that is about to be made is the last string and its own first pixel again; the place of that pixel is known, its value soon.
        var rest = code == _count ? _previous : code;
        if (code == _count) _waiting++;
        for (; rest >= _clear; rest = _before[rest]) _pending[_waiting++] = _last[rest];
        _pending[_waiting++] = (byte)rest;
        if (code == _count) _pending[0] = (byte)rest;
        if (_previous >= 0 && _count < 1 << LongestCode)
        {
            (_before[_count], _last[_count]) = ((ushort)_previous, (byte)rest);
            _count++;
            if (_count == 1 << _length && _length < LongestCode) _length++;
        }

        _previous = code;
    }

    private void Clear() => (_length, _count, _previous) = (_firstLength, _clear + 2, -1);

    private int ReadCode()
    {
        while (_held < _length)
        {
            if (_left == 0 && (_left = ReadByte()) == 0) throw Cut();
            _left--;
            _bits |= (uint)ReadByte() << _held;
            _held += 8;
        }

        var code = (int)(_bits & ((1u << _length) - 1));
        _bits >>= _length;
        _held -= _length;
        return code;
    }

    private byte ReadByte() => _at < _file.Length ? _file[_at++] : throw Cut();

    private InvalidDataException Cut() => new($"its pixels end at byte {_at}, before the picture is full: truncated.");
}
