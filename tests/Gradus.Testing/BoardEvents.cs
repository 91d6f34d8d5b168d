using System.Buffers.Binary;

namespace Gradus.Testing;

/// <summary>The events in a file for TensorBoard, read by other code than that which writes them; both checksums of each are computed bit by bit.</summary>
public static class BoardEvents
{
    /// <summary>All events of a file; fails where one is damaged or cut.</summary>
    public static ProtoMessage[] Read(string path)
    {
        var (bytes, events) = (File.ReadAllBytes(path), new List<ProtoMessage>());
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            Check(bytes.AsSpan(at, 8), bytes.AsSpan(at + 8));
            Check(bytes.AsSpan(at + 12, length), bytes.AsSpan(at + 12 + length));
            events.Add(new ProtoMessage(bytes[(at + 12)..(at + 12 + length)]));
            at += length + 16;
        }

        return [.. events];
    }

    /// <summary>The values of a file, each with its step and its tag.</summary>
    public static (long Step, string Tag, ProtoMessage Value)[] Values(string path) => [.. Read(path).Where(static one => one.Has(5))
        .SelectMany(static one => one.Message(5).Messages(1).Select(value => (one.Whole(2), value.Text(1), value)))];

    private static void Check(ReadOnlySpan<byte> data, ReadOnlySpan<byte> checksum)
    {
        var remainder = uint.MaxValue;
        foreach (var value in data)
        {
            remainder ^= value;
            for (var bit = 0; bit < 8; bit++) remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ 0x82F63B78 : remainder >> 1;
        }

        var masked = ((~remainder >> 15) | (~remainder << 17)) + 0xA282EAD8;
        if (BinaryPrimitives.ReadUInt32LittleEndian(checksum) != masked) throw new InvalidDataException("a checksum is wrong");
    }
}
