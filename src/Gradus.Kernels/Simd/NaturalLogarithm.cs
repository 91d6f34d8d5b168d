using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>ln x and ln(1 + x) for float and double lanes.</summary>
/// <remarks>
/// x = 2ᵉ·m with √½ ≤ m &lt; √2, f = m − 1, s = f / (2 + f): ln m = 2·artanh s, evaluated as f − f²/2 + s·(f²/2 + R(s²)), the form and the
/// coefficients of the classic freely distributed library of Sun Microsystems, below 1 ulp.
/// </remarks>
internal static class NaturalLogarithm
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>ln x: −∞ at 0, NaN below, +∞ at +∞, right for subnormals.</summary>
    [MethodImpl(Inline)]
    public static V Log<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var single = typeof(T) == typeof(float);
        // Subnormals are brought into the normal range first.
        var small = S.Less(x, S.Constant(single ? 1.17549435e-38 : 2.2250738585072014e-308));
        var y = S.Select(small, S.Multiply(x, S.Constant(single ? 33554432.0 : 18014398509481984.0)), x);
        var e = Split<T, S, V>(y, out var m);
        e = S.Subtract(e, S.And(small, S.Constant(single ? 25 : 54)));
        var result = FromParts<T, S, V>(e, S.Subtract(m, S.Constant(1)), S.Zero);
        return Edges<T, S, V>(x, x, result);
    }

    /// <summary>ln(1 + x) without losing the low bits of a small x.</summary>
    [MethodImpl(Inline)]
    public static V LogPlusOne<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var one = S.Constant(1);
        var u = S.Add(x, one);
        var e = Split<T, S, V>(u, out var m);
        // What 1 + x lost in rounding, relative to u; for u ≥ 2 the larger part is x.
        var lost = S.Select(S.Less(u, S.Constant(2)), S.Subtract(x, S.Subtract(u, one)), S.Subtract(one, S.Subtract(u, x)));
        var correction = S.Divide(lost, u);
        // No power of two taken out: x itself is the exact f.
        var near = S.Equal(e, S.Zero);
        var f = S.Select(near, x, S.Subtract(m, one));
        correction = S.Select(near, S.Zero, correction);
        var result = FromParts<T, S, V>(e, f, correction);
        result = Edges<T, S, V>(x, u, result);
        return S.Select(S.Less(S.Abs(x), S.Constant(typeof(T) == typeof(float) ? 9.3132257461547852e-10 : 8.6736173798840355e-19)), x, result);
    }

    /// <summary>e and m of y = 2ᵉ·m, √½ ≤ m &lt; √2, for a normal positive y.</summary>
    [MethodImpl(Inline)]
    internal static V Split<T, S, V>(V y, out V m) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        // Subtracting the bits of √½ makes the exponent field count from there; the arithmetic shift is the floor.
        if (typeof(T) == typeof(float))
        {
            var offset = S.SubtractBits(y, S.ConstantBits(0x3F3504F3));
            var k = S.ShiftRightArithmeticBits(offset, 23);
            m = S.SubtractBits(y, S.ShiftLeftBits(k, 23));
            return S.Subtract(S.AddBits(k, S.ConstantBits(0x4B400000)), S.Constant(12582912.0));
        }
        else
        {
            var offset = S.SubtractBits(y, S.ConstantBits(0x3FE6A09E667F3BCD));
            var k = S.ShiftRightArithmeticBits(offset, 52);
            m = S.SubtractBits(y, S.ShiftLeftBits(k, 52));
            return S.Subtract(S.AddBits(k, S.ConstantBits(0x4338000000000000)), S.Constant(6755399441055744.0));
        }
    }

    [MethodImpl(Inline)]
    private static V FromParts<T, S, V>(V e, V f, V correction) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var single = typeof(T) == typeof(float);
        var s = S.Divide(f, S.Add(f, S.Constant(2)));
        var z = S.Multiply(s, s);
        V r;
        if (single)
        {
            r = S.FusedMultiplyAdd(S.Constant(0.24279078841), z, S.Constant(0.28498786688));
            r = S.FusedMultiplyAdd(r, z, S.Constant(0.40000972152));
            r = S.FusedMultiplyAdd(r, z, S.Constant(0.66666662693));
        }
        else
        {
            r = S.FusedMultiplyAdd(S.Constant(1.479819860511658591e-01), z, S.Constant(1.531383769920937332e-01));
            r = S.FusedMultiplyAdd(r, z, S.Constant(1.818357216161805012e-01));
            r = S.FusedMultiplyAdd(r, z, S.Constant(2.222219843214978396e-01));
            r = S.FusedMultiplyAdd(r, z, S.Constant(2.857142874366239149e-01));
            r = S.FusedMultiplyAdd(r, z, S.Constant(3.999999999940941908e-01));
            r = S.FusedMultiplyAdd(r, z, S.Constant(6.666666666666735130e-01));
        }

        r = S.Multiply(r, z);
        var half = S.Multiply(S.Multiply(f, f), S.Constant(0.5));
        var low = S.FusedMultiplyAdd(e, S.Constant(single ? 9.0580006145e-06 : 1.90821492927058770002e-10), correction);
        low = S.FusedMultiplyAdd(s, S.Add(half, r), low);
        return S.FusedMultiplyAdd(e, S.Constant(single ? 6.9313812256e-01 : 6.93147180369123816490e-01), S.Add(S.Subtract(low, half), f));
    }

    /// <summary>The results at and beyond the ends: u = 0 gives −∞, u &lt; 0 and NaN give NaN, +∞ gives +∞.</summary>
    [MethodImpl(Inline)]
    private static V Edges<T, S, V>(V x, V u, V result) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        result = S.Select(S.Equal(u, S.Zero), S.Constant(double.NegativeInfinity), result);
        result = S.Select(S.LessOrEqual(S.Zero, u), result, S.Constant(double.NaN));
        return S.Select(S.Equal(x, S.Constant(double.PositiveInfinity)), x, result);
    }
}
