using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The remainder of a large angle by π/2, from as many digits of 2/π as the largest float64 takes (Payne and Hanek, 1983).</summary>
internal static class LargeAngle
{
    /// <summary>2/π in pieces of 26 bits, 1,196 in all: a piece times half of a float64's digits is exact.</summary>
    private static ReadOnlySpan<int> TwoOverPi =>
    [
        42722829, 48555073, 21659401, 56087029, 13858563, 28715353, 38736100, 4324945, 26128250, 62674459, 29957006, 37899730,
        58726692, 49193117, 6588223, 35515164, 46442140, 65964067, 24988590, 54822121, 41009306, 54917092, 5137525, 37323603,
        15192690, 4585659, 58608142, 52426903, 67074070, 25231090, 63202006, 34237727, 28629499, 15891632, 40752081, 37709470,
        25143477, 55737260, 33225084, 24853767, 15195689, 19476134, 50255852, 18845021, 2185228, 50622407,
    ];

    /// <summary>r with x = n·π/2 + r up to a multiple of 2π, |r| ≤ π/4; <paramref name="n"/> in −2 … 2. NaN for ±∞ and NaN.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Reduce<T, S, V>(V x, out V n) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        // At 2⁻¹²⁰ of its size the largest x stays finite, and at 2¹²⁰ of theirs the last pieces stay normal.
        var scaled = S.Multiply(x, S.Constant(7.52316384526264e-37));
        var high = S.And(scaled, S.ConstantBits(-1L << 27));
        var low = S.Subtract(scaled, high);
        var (sum, rest) = (S.Zero, S.Zero);
        var weight = 1.329227995784916e36;
        foreach (var piece in TwoOverPi)
        {
            weight *= 1.0 / (1 << 26);
            var digits = S.Constant(piece * weight);
            Add<T, S, V>(S.Multiply(high, digits), ref sum, ref rest);
            Add<T, S, V>(S.Multiply(low, digits), ref sum, ref rest);
        }

        n = S.Round(sum);
        var fraction = S.Add(S.Subtract(sum, n), rest);
        return S.Multiply(fraction, S.Constant(1.5707963267948966));
    }

    /// <summary>Adds a term modulo 4, whole turns being dropped exactly, and gathers what the sum loses in rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T, S, V>(V term, ref V sum, ref V rest) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        term = Turn<T, S, V>(term);
        var total = S.Add(sum, term);
        var part = S.Subtract(total, sum);
        rest = S.Add(rest, S.Add(S.Subtract(sum, S.Subtract(total, part)), S.Subtract(term, part)));
        sum = Turn<T, S, V>(total);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Turn<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.FusedMultiplyAdd(S.Round(S.Multiply(x, S.Constant(0.25))), S.Constant(-4), x);
}
