using System.Buffers.Binary;
using System.IO.Compression;

namespace Gradus.Data;

/// <summary>
/// Decompresses a gzip file. Unlike the platform's stream it notices a file that is cut off, and one that unpacks to far more than data do: a
/// decompression bomb.
/// </summary>
internal sealed class GzipInput : OneWayStream
{
    private const int Trailer = 4;

    // The smallest gzip file: a header of 10 bytes, an empty block of 2, a trailer of 8.
    private const int Smallest = 20;

    // Tables and texts shrink to a tenth, sparse ones to a fiftieth.
    private const long HighestRatio = 100;

    // What any machine can hold may be as empty as it likes.
    private const long AlwaysAllowed = 1 << 26;

    private readonly GZipStream _unzipped;
    private readonly long _most;
    private readonly uint _expected;
    private long _got;

    /// <summary>Starts at the beginning of the file. Disposing this stream closes the file.</summary>
    /// <exception cref="InvalidDataException">The file is too short.</exception>
    public GzipInput(FileStream file)
    {
        if (file.Length < Smallest) throw Cut();
        Span<byte> trailer = stackalloc byte[Trailer];
        file.Position = file.Length - Trailer;
        file.ReadExactly(trailer);
        file.Position = 0;
        _expected = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _most = Limit(file);
        _unzipped = new GZipStream(file, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    /// <summary>The maximal number of bytes that the file may unpack to.</summary>
    public static long Limit(FileStream file) => Math.Max(AlwaysAllowed, file.Length * HighestRatio);

    public override int Read(Span<byte> buffer)
    {
        var read = _unzipped.Read(buffer);
        _got += read;
        if (_got > _most)
        {
            throw new InvalidDataException($"the compressed data unpack to more than {_most} bytes, {HighestRatio} times the file, " +
                "as a decompression bomb does. If the data are meant so, decompress them first: gunzip.");
        }

        // The trailer is the length, modulo 2³², of what was compressed.
        return read > 0 || buffer.IsEmpty || unchecked((uint)_got) == _expected ? read : throw Cut();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _unzipped.Dispose();
        base.Dispose(disposing);
    }

    private static InvalidDataException Cut() =>
        new("the compressed data is cut off, or made of several parts: its length is not the one at its end. " +
            "If it is whole, decompress it first.");
}
