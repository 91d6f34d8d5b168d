namespace Gradus.Kernels;

/// <summary>bfloat16 is the upper half of a float32.</summary>
internal static class BFloat16Bits
{
    public static float Widen(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>The nearest number, ties to even; NaN stays NaN though its low bits are cut off.</summary>
    public static ushort Round(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)(float.IsNaN(value) ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    public static void Widen(ReadOnlySpan<ushort> source, Span<float> target)
    {
        for (var index = 0; index < source.Length; index++) target[index] = Widen(source[index]);
    }

    public static void Round(ReadOnlySpan<float> source, Span<ushort> target)
    {
        for (var index = 0; index < source.Length; index++) target[index] = Round(source[index]);
    }
}
