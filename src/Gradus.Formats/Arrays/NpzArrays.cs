using System.IO.Compression;

namespace Gradus.Formats;

/// <summary>The arrays of an .npz archive.</summary>
internal sealed class NpzArrays : NamedArrays
{
    private const string Extension = ".npy";

    private readonly Dictionary<string, ZipPart> _parts = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public NpzArrays(FileStream stream, string file) : base(stream, file)
    {
        foreach (var part in new ZipDirectory(stream, file).Read())
        {
            var name = part.Name.EndsWith(Extension, StringComparison.Ordinal) ? part.Name[..^Extension.Length] : part.Name;
            if (!_parts.TryAdd(name, part)) throw new InvalidDataException($"{file}: '{PlainText.Quote(part.Name)}' is there twice.");
            _names.Add(name);
        }
    }

    public override IReadOnlyList<string> Names => _names;

    public override NamedArray Read(string name)
    {
        var (part, what, checksum) = (_parts[name], NameOf(name), new Crc32());
        Stream.Position = part.DataStart;
        var packed = new StreamPart(Stream, part.CompressedLength);
        using var unpacked = part.IsDeflated ? new DeflateStream(packed, CompressionMode.Decompress) : (Stream)packed;
        try
        {
            var array = ReadNpy(new StreamPart(unpacked, part.Length, checksum), part.Length, what);
            if (checksum.Value != part.Checksum)
            {
                throw new InvalidDataException(
                    $"{what}: the bytes have the checksum {checksum.Value:x8}, the archive says {part.Checksum:x8}: the file is damaged.");
            }

            return unpacked.ReadByte() < 0 ? array : throw new InvalidDataException($"{what}: more bytes follow the {part.Length} that the archive says.");
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(what, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{what}: the compressed data are damaged: {exception.Message}", exception);
        }
    }
}
