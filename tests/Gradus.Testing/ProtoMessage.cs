using System.Buffers.Binary;
using System.Text;

namespace Gradus.Testing;

/// <summary>A message of protocol buffers, read by other code than that which writes it: the last field of a number counts, or all of them.</summary>
public sealed class ProtoMessage
{
    private readonly List<(int Field, byte[] Value)> _fields = [];

    /// <summary>Reads a message; fails where it is damaged.</summary>
    public ProtoMessage(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var key = Varint(bytes, ref at);
            var length = (key & 7) switch
            {
                0 => LengthOfVarint(bytes, at),
                1 => 8,
                2 => (int)Varint(bytes, ref at),
                5 => 4,
                var kind => throw new InvalidDataException($"wire type {kind}"),
            };
            _fields.Add(((int)(key >> 3), bytes[at..(at + length)]));
            at += length;
        }
    }

    /// <summary>Whether there is such a field.</summary>
    public bool Has(int field) => _fields.Exists(entry => entry.Field == field);

    /// <summary>The bytes of a field.</summary>
    public byte[] Bytes(int field) => _fields.FindLast(entry => entry.Field == field).Value ?? throw new KeyNotFoundException($"field {field}");

    /// <summary>A field as a text.</summary>
    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    /// <summary>All fields of a number as texts.</summary>
    public string[] Texts(int field) => [.. _fields.Where(entry => entry.Field == field).Select(static entry => Encoding.UTF8.GetString(entry.Value))];

    /// <summary>A field as a whole number; 0 where it is not there.</summary>
    public long Whole(int field)
    {
        var at = 0;
        return Has(field) ? (long)Varint(Bytes(field), ref at) : 0;
    }

    /// <summary>A field as a number of eight bytes.</summary>
    public double Real(int field) => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(field));

    /// <summary>A field as a number of four bytes.</summary>
    public float Real32(int field) => BinaryPrimitives.ReadSingleLittleEndian(Bytes(field));

    /// <summary>A field as numbers of eight bytes.</summary>
    public double[] Reals(int field) =>
        [.. Bytes(field).Chunk(8).Select(static bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes))];

    /// <summary>A field as a message.</summary>
    public ProtoMessage Message(int field) => new(Bytes(field));

    /// <summary>All fields of a number as messages.</summary>
    public ProtoMessage[] Messages(int field) =>
        [.. _fields.Where(entry => entry.Field == field).Select(static entry => new ProtoMessage(entry.Value))];

    private static int LengthOfVarint(byte[] bytes, int at) => Array.FindIndex(bytes, at, static part => part < 0x80) - at + 1;

    private static ulong Varint(byte[] bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }
}
