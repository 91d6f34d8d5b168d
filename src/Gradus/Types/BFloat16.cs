using System.Globalization;

namespace Gradus;

/// <summary>A number in 16 bits: the upper half of a 32-bit float, with its range and 8 significant bits. For storage; convert it to compute.</summary>
public readonly record struct BFloat16
{
    private readonly ushort _bits;

    private BFloat16(ushort bits) => _bits = bits;

    /// <summary>The largest finite number, about 3.39·10³⁸.</summary>
    public static BFloat16 MaxValue => new(0x7F7F);

    /// <summary>The number of these 16 bits.</summary>
    public static BFloat16 FromBits(ushort bits) => new(bits);

    /// <summary>The 16 bits: sign, 8 of exponent, 7 of fraction.</summary>
    public ushort ToBits() => _bits;

    /// <summary>The nearest number, ties to the even one.</summary>
    public static explicit operator BFloat16(float value) => new(Kernels.BFloat16Bits.Round(value));

    /// <summary>The nearest number, ties to the even one: rounded once, not by way of a float.</summary>
    public static explicit operator BFloat16(double value) => new(Kernels.BFloat16Bits.Round(value));

    /// <summary>The number nearest to a whole one, ties to the even one.</summary>
    internal static BFloat16 Nearest(long value) => new(Kernels.BFloat16Bits.Round(value));

    /// <summary>The same number.</summary>
    public static implicit operator float(BFloat16 value) => Kernels.BFloat16Bits.Widen(value._bits);

    /// <summary>The number in the invariant culture.</summary>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}
