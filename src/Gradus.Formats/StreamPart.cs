namespace Gradus.Formats;

/// <summary>So many of a stream's next bytes and no more.</summary>
/// <param name="stream">The stream.</param>
/// <param name="length">How many bytes.</param>
/// <param name="checksum">Takes up the bytes that are read; null where nobody asks for their checksum.</param>
internal sealed class StreamPart(Stream stream, long length, Crc32? checksum = null) : OneWayStream
{
    private long _left = length;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        var read = stream.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        _left -= read;
        checksum?.Append(buffer[..read]);
        return read;
    }
}
