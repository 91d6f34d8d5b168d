namespace Gradus.Data;

/// <summary>The compressed pixels of a PNG file, whose pieces lie in several chunks, as one stream.</summary>
internal sealed class PngData(byte[] file, IReadOnlyList<Range> pieces) : OneWayStream
{
    private int _piece;
    private int _read;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        while (_piece < pieces.Count)
        {
            var rest = file.AsSpan(pieces[_piece])[_read..];
            var count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            _read += count;
            if (count > 0 || buffer.IsEmpty) return count;
            (_piece, _read) = (_piece + 1, 0);
        }

        return 0;
    }
}
