using System.IO.Compression;

namespace Gradus.Formats;

/// <summary>Reads the bytes of a part of a zip archive, and checks that they are those that were put there.</summary>
internal static class ZipContents
{
    /// <summary>Has a function read the beginning of a part, which is not checked.</summary>
    public static T ReadStart<T>(Stream archive, ZipPart part, Func<Stream, T> read)
    {
        using var unpacked = Open(archive, part);
        return read(new StreamPart(unpacked, part.Length));
    }

    /// <summary>Has a function read a part to its end.</summary>
    /// <param name="archive">The archive, which is moved to the part.</param>
    /// <param name="part">The part.</param>
    /// <param name="what">What error messages call it.</param>
    /// <param name="read">Reads so many bytes as the part says it has.</param>
    /// <exception cref="InvalidDataException">The bytes are not those that the archive says, or <paramref name="read"/> refuses them.</exception>
    public static T Read<T>(Stream archive, ZipPart part, string what, Func<Stream, T> read)
    {
        using var unpacked = Open(archive, part);
        try
        {
            var checksum = new Crc32();
            var result = read(new StreamPart(unpacked, part.Length, checksum));
            if (checksum.Value != part.Checksum)
            {
                throw new InvalidDataException(
                    $"{what}: the bytes have the checksum {checksum.Value:x8}, the archive says {part.Checksum:x8}: the file is damaged.");
            }

            return unpacked.ReadByte() < 0 ? result : throw new InvalidDataException($"{what}: more bytes follow the {part.Length} that the archive says.");
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(what, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{what}: the compressed data are damaged: {exception.Message}", exception);
        }
    }

    private static Stream Open(Stream archive, ZipPart part)
    {
        archive.Position = part.DataStart;
        var packed = new StreamPart(archive, part.CompressedLength);
        return part.IsDeflated ? new DeflateStream(packed, CompressionMode.Decompress) : packed;
    }
}
