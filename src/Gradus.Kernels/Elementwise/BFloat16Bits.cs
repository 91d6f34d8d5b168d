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

    /// <summary>The number nearest to a double, ties to even.</summary>
    public static ushort Round(double value)
    {
        // Rounded to the odd float of the two around it, which keeps on which side of a tie it lies, and then to nearest: as if rounded once.
        var near = (float)value;
        var bits = BitConverter.SingleToUInt32Bits(near);
        if (near != value && (bits & 1) == 0 && !double.IsNaN(value)) bits = Math.Abs((double)near) > Math.Abs(value) ? bits - 1 : bits + 1;
        return Round(BitConverter.UInt32BitsToSingle(bits));
    }

    /// <summary>The number nearest to a whole one, ties to even.</summary>
    public static ushort Round(long value)
    {
        // Of numbers that a double does not hold, the last bits only say on which side of a tie they lie.
        var isExact = value is >= -(1L << 53) and <= 1L << 53;
        return Round((double)(isExact ? value : (value & ~0xFFFL) | ((value & 0xFFF) != 0 ? 0x800L : 0)));
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
