using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>eˣ and eˣ − 1 for float and double lanes.</summary>
/// <remarks>
/// x = n·ln 2 + r with |r| ≤ ln 2 / 2, ln 2 in two parts so that r is exact to the last bit; a polynomial in r, minimax on that interval; then the
/// result is scaled by 2ⁿ in one rounding. Only operations that round the same way everywhere are used, so every width gives the same bits.
/// </remarks>
internal static class Exponential
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>eˣ: subnormal results are right, overflow gives +∞, NaN stays NaN.</summary>
    [MethodImpl(Inline)]
    public static V Exp<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        x = Clamp<T, S, V>(x);
        var n = Reduce<T, S, V>(x, out var r);
        var p = S.FusedMultiplyAdd(Tail<T, S, V>(r), S.Multiply(r, r), r);
        return S.Scale(S.Add(p, S.Constant(1)), n);
    }

    /// <summary>e^(high + low) for a low part that is small beside the high one.</summary>
    [MethodImpl(Inline)]
    public static V ExpOfSum<T, S, V>(V high, V low) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var n = Reduce<T, S, V>(Clamp<T, S, V>(high), out var r);
        r = S.Add(r, low);
        var p = S.FusedMultiplyAdd(Tail<T, S, V>(r), S.Multiply(r, r), r);
        return S.Scale(S.Add(p, S.Constant(1)), n);
    }

    /// <summary>
    /// e^(high + low) = p·2ⁿ with p about 1, for the caller to scale once by <c>S.Scale(…, n)</c>; high at most a few units beyond the range of eˣ.
    /// </summary>
    [MethodImpl(Inline)]
    public static V Parts<T, S, V>(V high, V low, out V n) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        n = Reduce<T, S, V>(high, out var r);
        r = S.Add(r, low);
        return S.Add(S.FusedMultiplyAdd(Tail<T, S, V>(r), S.Multiply(r, r), r), S.Constant(1));
    }

    /// <summary>2ˣ: the whole part goes into the exponent, so powers of two are exact.</summary>
    [MethodImpl(Inline)]
    public static V ExpOfTwo<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var low = S.Constant(typeof(T) == typeof(float) ? -151 : -1076);
        var high = S.Constant(typeof(T) == typeof(float) ? 129 : 1025);
        x = S.Select(S.Less(x, low), low, x);
        x = S.Select(S.Less(high, x), high, x);
        var n = S.Round(x);
        var r = S.Multiply(S.Subtract(x, n), S.Constant(0.6931471805599453));
        var p = S.FusedMultiplyAdd(Tail<T, S, V>(r), S.Multiply(r, r), r);
        return S.Scale(S.Add(p, S.Constant(1)), n);
    }

    /// <summary>eˣ − 1 without cancellation near zero.</summary>
    [MethodImpl(Inline)]
    public static V ExpMinusOne<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var inside = Clamp<T, S, V>(x);
        var n = Reduce<T, S, V>(inside, out var r);
        var p = S.FusedMultiplyAdd(Tail<T, S, V>(r), S.Multiply(r, r), r);
        // 2ⁿ·p + (2ⁿ − 1) at half size, since 2ⁿ itself overflows where the result does not yet.
        var half = PowerOfTwo.Of<T, S, V>(S.Subtract(S.Select(S.Less(n, S.Constant(-100)), S.Constant(-100), n), S.Constant(1)));
        var result = S.FusedMultiplyAdd(half, p, S.Subtract(half, S.Constant(0.5)));
        result = S.Add(result, result);
        // Below 2⁻³⁰ (2⁻⁶⁰), eˣ − 1 rounds to x: this keeps −0 and subnormals.
        return S.Select(S.Less(S.Abs(x), S.Constant(typeof(T) == typeof(float) ? 9.3132257461547852e-10 : 8.6736173798840355e-19)), x, result);
    }

    /// <summary>Bounds beyond which eˣ is 0 or +∞ anyway; they keep n in the range that can be scaled by. NaN passes.</summary>
    [MethodImpl(Inline)]
    private static V Clamp<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var low = S.Constant(typeof(T) == typeof(float) ? -104 : -746);
        var high = S.Constant(typeof(T) == typeof(float) ? 89 : 710);
        x = S.Select(S.Less(x, low), low, x);
        return S.Select(S.Less(high, x), high, x);
    }

    [MethodImpl(Inline)]
    private static V Reduce<T, S, V>(V x, out V r) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var n = S.Round(S.Multiply(x, S.Constant(1.4426950408889634)));
        if (typeof(T) == typeof(float))
        {
            r = S.FusedMultiplyAdd(n, S.Constant(-0.693359375), x);
            r = S.FusedMultiplyAdd(n, S.Constant(2.12194440054690583e-4), r);
        }
        else
        {
            r = S.FusedMultiplyAdd(n, S.Constant(-6.93147180369123816490e-01), x);
            r = S.FusedMultiplyAdd(n, S.Constant(-1.90821492927058770002e-10), r);
        }

        return n;
    }

    /// <summary>Q in eʳ = 1 + r + r²·Q(r). Relative error of the whole: 2⁻³⁴ (float), 2⁻⁶⁴ (double).</summary>
    [MethodImpl(Inline)]
    private static V Tail<T, S, V>(V r) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        V q;
        if (typeof(T) == typeof(float))
        {
            q = S.FusedMultiplyAdd(S.Constant(0.0001979072959491007), r, S.Constant(0.0013944758544096928));
            q = S.FusedMultiplyAdd(q, r, S.Constant(0.008333496803704103));
            q = S.FusedMultiplyAdd(q, r, S.Constant(0.04166629363967655));
            q = S.FusedMultiplyAdd(q, r, S.Constant(0.16666665868083536));
            q = S.FusedMultiplyAdd(q, r, S.Constant(0.5000000068036989));
            return q;
        }

        q = S.FusedMultiplyAdd(S.Constant(2.082639230558801e-09), r, S.Constant(2.511213567989637e-08));
        q = S.FusedMultiplyAdd(q, r, S.Constant(2.755758325268299e-07));
        q = S.FusedMultiplyAdd(q, r, S.Constant(2.7557234587879777e-06));
        q = S.FusedMultiplyAdd(q, r, S.Constant(2.4801586924101942e-05));
        q = S.FusedMultiplyAdd(q, r, S.Constant(0.00019841269896647533));
        q = S.FusedMultiplyAdd(q, r, S.Constant(0.0013888888889117478));
        q = S.FusedMultiplyAdd(q, r, S.Constant(0.008333333333316933));
        q = S.FusedMultiplyAdd(q, r, S.Constant(0.04166666666666609));
        q = S.FusedMultiplyAdd(q, r, S.Constant(0.16666666666666682));
        q = S.FusedMultiplyAdd(q, r, S.Constant(0.5));
        return q;
    }
}
