using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gradus.Data;

/// <summary>From pixels to numbers.</summary>
internal static class PixelNumbers
{
    /// <summary>Looks up the number of each pixel.</summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="numberOf">The 256 numbers.</param>
    /// <param name="numbers">Takes a number for each pixel.</param>
    public static void Copy(ReadOnlySpan<byte> pixels, float[] numberOf, Span<float> numbers)
    {
        // Four bytes at a time, each of which is a place in the table: bounds checked anew for each pixel double the time.
        ref var table = ref MemoryMarshal.GetArrayDataReference(numberOf);
        var i = 0;
        for (; i + 4 <= pixels.Length; i += 4)
        {
            var four = BinaryPrimitives.ReadUInt32LittleEndian(pixels.Slice(i, 4));
            var target = numbers.Slice(i, 4);
            target[0] = Unsafe.Add(ref table, four & 255);
            target[1] = Unsafe.Add(ref table, (four >> 8) & 255);
            target[2] = Unsafe.Add(ref table, (four >> 16) & 255);
            target[3] = Unsafe.Add(ref table, four >> 24);
        }

        for (; i < pixels.Length; i++) numbers[i] = numberOf[pixels[i]];
    }
}
