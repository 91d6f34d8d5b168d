namespace Gradus;

/// <summary>The ends of an interval in the numbers of a floating-point type: rounded inwards, so that what is drawn in it stays in it.</summary>
internal static class Interval
{
    /// <summary>
    /// Values of at least its precision as those of a type, held between two ends and not rounded past them. Where the type has no number between the ends,
    /// that nearest to the lower one.
    /// </summary>
    public static Tensor Within(Tensor values, double low, double high, DType dtype)
    {
        double least = -AtMost(-low, dtype), greatest = AtMost(high, dtype);
        return least <= greatest ? values.Clamp(least, greatest).To(dtype) : Tensor.Full(values.Shape, low, dtype);
    }

    /// <summary>The greatest number of the type that is below x.</summary>
    public static double Below(double x, DType dtype) => Nearest(x, dtype) is var near && near < x ? near : Before(near, dtype);

    private static double AtMost(double x, DType dtype) => Nearest(x, dtype) is var near && near <= x ? near : Before(near, dtype);

    private static double Nearest(double x, DType dtype) => dtype switch
    {
        DType.Float16 => (double)(Half)x,
        DType.BFloat16 => (float)(BFloat16)x,
        DType.Float32 => (float)x,
        _ => x,
    };

    private static double Before(double x, DType dtype) => dtype switch
    {
        DType.Float16 => (double)Half.BitDecrement((Half)x),
        // The float before x, rounded down to the upper half of its bits.
        DType.BFloat16 => BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(MathF.BitDecrement((float)x)) + (x > 0 ? 0u : 0xFFFF)) & 0xFFFF0000),
        DType.Float32 => MathF.BitDecrement((float)x),
        _ => Math.BitDecrement(x),
    };
}
