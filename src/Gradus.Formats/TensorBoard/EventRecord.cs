using System.Buffers.Binary;

namespace Gradus.Formats;

/// <summary>A record of a TensorBoard file, as far as it must be known to go on behind it.</summary>
/// <param name="Begin">Where it begins in the file.</param>
/// <param name="Step">Its step.</param>
/// <param name="Tag">The tag of its first value; empty where it has none.</param>
internal readonly record struct EventRecord(long Begin, long Step, string Tag)
{
    // Length and checksum before the data, and a checksum behind.
    private const int Head = 12, Foot = 4;

    /// <summary>Writes the data of an event with its length and both checksums.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> data)
    {
        Span<byte> frame = stackalloc byte[Head];
        BinaryPrimitives.WriteInt64LittleEndian(frame, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Crc32C.Masked(frame[..8]));
        stream.Write(frame);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Crc32C.Masked(data));
        stream.Write(frame[..Foot]);
    }

    /// <summary>
    /// The records of a file, up to its end or to the first that is damaged or cut, as the last one of a process that was killed may be. The stream then
    /// stands behind the last whole one.
    /// </summary>
    public static IEnumerable<EventRecord> Read(Stream stream)
    {
        var frame = new byte[Head];
        while (true)
        {
            var begin = stream.Position;
            if (ReadData(stream, frame) is not { } data || Parse(begin, data) is not { } record)
            {
                stream.Position = begin;
                yield break;
            }

            yield return record;
        }
    }

    private static byte[]? ReadData(Stream stream, byte[] frame)
    {
        if (stream.ReadAtLeast(frame, Head, throwOnEndOfStream: false) < Head) return null;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(frame);
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(8)) != Crc32C.Masked(frame.AsSpan(0, 8))) return null;
        if (length > WireWriter.MostBytes || (long)length > stream.Length - stream.Position - Foot) return null;
        var data = new byte[length];
        stream.ReadExactly(data);
        stream.ReadExactly(frame.AsSpan(0, Foot));
        return BinaryPrimitives.ReadUInt32LittleEndian(frame) == Crc32C.Masked(data) ? data : null;
    }

    private static EventRecord? Parse(long begin, byte[] data)
    {
        try
        {
            var (step, tag) = (0L, "");
            var fields = new WireReader(data);
            while (fields.Read())
            {
                if (fields.Field == EventFields.Step) step = (long)fields.Number;
                if (fields.Field == EventFields.Summary && tag.Length == 0) tag = TagOf(fields.Bytes);
            }

            return new EventRecord(begin, step, tag);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string TagOf(ReadOnlySpan<byte> summary)
    {
        var values = new WireReader(summary);
        while (values.Read())
        {
            var value = new WireReader(values.Bytes);
            while (value.Read())
            {
                if (value.Field == EventFields.Tag) return System.Text.Encoding.UTF8.GetString(value.Bytes);
            }
        }

        return "";
    }
}
