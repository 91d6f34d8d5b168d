using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gradus.Exported;

/// <summary>Weights as they are stored: float32, the low byte first, with a checksum.</summary>
internal static class Stored
{
    private const int Alignment = 64;

    /// <summary>Weights in Base64.</summary>
    public static float[] Decode(ReadOnlySpan<byte> text, int count, string checksum)
    {
        var bytes = new byte[count * sizeof(float)];
        var status = Base64.DecodeFromUtf8(text, bytes, out _, out var written);
        return Numbers(status == OperationStatus.Done ? bytes.AsSpan(0, written) : default, count, checksum);
    }

    /// <summary>Weights of a file.</summary>
    public static float[] Read(Stream stream, int count, string checksum)
    {
        var bytes = new byte[(count * sizeof(float)) + 1];
        return Numbers(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)), count, checksum);
    }

    /// <summary>Memory that does not move, with room to begin at a line of the cache.</summary>
    public static float[] Memory(int count) => GC.AllocateArray<float>(count + (Alignment / sizeof(float)), pinned: true);

    /// <summary>The first number of such memory that lies at the beginning of a line of the cache.</summary>
    public static int Start(float[] memory) =>
        (int)((Alignment - (Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) & (Alignment - 1))) & (Alignment - 1)) / sizeof(float);

    private static float[] Numbers(ReadOnlySpan<byte> bytes, int count, string checksum)
    {
        if (bytes.Length != count * sizeof(float) || !checksum.Equals(Convert.ToHexString(SHA256.HashData(bytes)), StringComparison.Ordinal))
            throw new InvalidDataException("The weights are not those that were exported with this code. Take both from the same export.");
        var memory = Memory(count);
        var start = Start(memory);
        for (var index = 0; index < count; index++) memory[start + index] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(index * sizeof(float))..]);
        return memory;
    }
}
