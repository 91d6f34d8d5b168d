using System.Buffers;
using System.Text;

namespace Gradus.Data;

/// <summary>Reads a UTF-8 file character by character, in little memory. A byte order mark at the beginning is skipped.</summary>
internal sealed class Utf8Reader(string path) : IDisposable
{
    private const int ByteOrderMark = 0xFEFF;

    private readonly Stream _stream = SourceFile.Open(path, out _);
    private readonly byte[] _buffer = new byte[1 << 16];
    private long _before;
    private int _at;
    private int _end;
    private bool _isLast;
    private FileKind? _kind;

    /// <summary>The position of the next character, in bytes from the beginning of the file.</summary>
    public long Position => _before + _at;

    /// <summary>Reads the next character. Returns false at the end.</summary>
    /// <exception cref="InvalidDataException">The bytes are not UTF-8, or a compressed file is damaged.</exception>
    public bool TryRead(out Rune character)
    {
        while (true)
        {
            switch (Rune.DecodeFromUtf8(_buffer.AsSpan(_at.._end), out character, out var length))
            {
                case OperationStatus.Done:
                    var isMark = character.Value == ByteOrderMark && Position == 0;
                    _at += length;
                    if (isMark) continue;
                    return true;
                case OperationStatus.NeedMoreData when !_isLast:
                    Fill();
                    continue;
                case OperationStatus.NeedMoreData when _at == _end:
                    return false;
                default:
                    throw NoText();
            }
        }
    }

    public void Dispose() => _stream.Dispose();

    private InvalidDataException NoText()
    {
        if (_kind is { } kind) return OptionMessage.InvalidData($"{path}: {kind.Instead("text")}");
        var encoding = Position == 0 && _buffer.AsSpan(0, 2) is [0xFF, 0xFE] or [0xFE, 0xFF] ? "UTF-16" : "LATIN1";
        return new InvalidDataException($"{path}: byte {Position} (0x{_buffer[_at]:X2}) is not UTF-8. If this is text, convert it first: " +
            $"iconv -f {encoding} -t UTF-8.");
    }

    private void Fill()
    {
        _buffer.AsSpan(_at.._end).CopyTo(_buffer);
        _before += _at;
        (_at, _end) = (0, _end - _at);
        try
        {
            var read = _stream.Read(_buffer.AsSpan(_end));
            if (_before == 0 && _end == 0) _kind = FileKind.Of(_buffer.AsSpan(0, read));
            _end += read;
            _isLast = read == 0;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}
