namespace Gradus.Exported;

/// <summary>ln x of a sum of powers.</summary>
internal static class Logarithm
{
    // The bits of √½.
    private const int RootOfHalf = 0x3F3504F3;
    private const int FractionBits = 23;

    /// <summary>ln x for x ≥ 1: x = 2ᵉ·m with √½ ≤ m &lt; √2, and a polynomial in (m − 1)/(m + 1). NaN stays NaN.</summary>
    public static float Of(float x)
    {
        if (float.IsNaN(x)) return x;
        var bits = BitConverter.SingleToInt32Bits(x);
        var exponent = (bits - RootOfHalf) >> FractionBits;
        float e = exponent, f = BitConverter.Int32BitsToSingle(bits - (exponent << FractionBits)) - 1;
        var s = f / (f + 2);
        var z = s * s;
        var r = MathF.FusedMultiplyAdd(0.24279078841f, z, 0.28498786688f);
        r = MathF.FusedMultiplyAdd(r, z, 0.40000972152f);
        r = MathF.FusedMultiplyAdd(r, z, 0.66666662693f) * z;
        var half = f * f * 0.5f;
        var low = MathF.FusedMultiplyAdd(s, half + r, e * 9.0580006145e-06f);
        return MathF.FusedMultiplyAdd(e, 6.9313812256e-01f, low - half + f);
    }
}
