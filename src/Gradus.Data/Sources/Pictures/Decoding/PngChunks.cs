using System.Buffers.Binary;
using System.Text;
using Gradus.Formats;

namespace Gradus.Data;

/// <summary>Where the parts of a PNG file lie that a picture is made of. Each has the checksum that the file says.</summary>
/// <param name="Header">IHDR.</param>
/// <param name="Palette">PLTE; null where there is none.</param>
/// <param name="Data">IDAT: the pieces of the compressed pixels.</param>
internal sealed record PngChunks(Range Header, Range? Palette, IReadOnlyList<Range> Data)
{
    // Length and type before the data, a checksum behind them.
    private const int Frame = 12;

    public static PngChunks Of(byte[] file)
    {
        Range? header = null, palette = null;
        var data = new List<Range>();
        for (var at = PngDecoder.Signature.Length; ;)
        {
            if (file.Length - at < Frame) throw new InvalidDataException($"it ends at byte {file.Length}, within its chunks: truncated.");
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            var type = file.AsSpan(at + 4, 4);
            if (length > file.Length - at - Frame)
            {
                throw new InvalidDataException($"at byte {at}: a chunk of {length} bytes, but {file.Length - at - Frame} are left: truncated?");
            }

            var range = new Range(at + 8, at + 8 + (int)length);
            var isCritical = (type[0] & 0x20) == 0;
            if (isCritical && Crc32.Of(file.AsSpan(at + 4, (int)length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(range.End.Value)))
            {
                throw new InvalidDataException($"at byte {at}: a chunk does not have the checksum that the file says: damaged.");
            }

            if (header is null && !type.SequenceEqual("IHDR"u8)) throw new InvalidDataException("its first chunk is no header.");
            if (type.SequenceEqual("IHDR"u8)) header = header is null ? range : throw new InvalidDataException($"at byte {at}: a second header.");
            else if (type.SequenceEqual("PLTE"u8)) palette = range;
            else if (type.SequenceEqual("IDAT"u8)) data.Add(range);
            else if (type.SequenceEqual("IEND"u8)) break;
            else if (isCritical)
            {
                throw new InvalidDataException($"at byte {at}: a chunk '{PlainText.Quote(Encoding.Latin1.GetString(type))}', which PNG does not know.");
            }

            at = range.End.Value + 4;
        }

        return data.Count > 0 ? new PngChunks(header!.Value, palette, data) : throw new InvalidDataException("it has no pixels.");
    }
}
