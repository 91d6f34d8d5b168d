using System.Buffers.Binary;
using System.Numerics;

namespace Gradus.Formats;

/// <summary>The cyclic redundancy check of iSCSI and of TensorFlow's records (polynomial 0x1EDC6F41, bits reversed), which processors compute.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of these bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var remainder = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            remainder = BitOperations.Crc32C(remainder, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (var value in data) remainder = BitOperations.Crc32C(remainder, value);
        return ~remainder;
    }

    /// <summary>The checksum as records hold it: turned and shifted, since that of bytes which hold their own checksum says little.</summary>
    public static uint Masked(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Of(data), 15) + 0xA282EAD8;
}
