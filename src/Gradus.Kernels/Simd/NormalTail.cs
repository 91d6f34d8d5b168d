using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The tail of the normal distribution, Φ(−a) = ½·erfc(a/√2), to the last digits of its value however small it is.</summary>
/// <remarks>
/// Φ(−a) = e^(−a²/2) · R(s) / (a + c), s = a/(a + c): R is smooth on all of [0, ∞) and a polynomial in s, with small coefficients, gives it to 2⁻²⁶ (float, c =
/// 2.5) and 2⁻⁵⁸ (double, c = 4). s is exact to the last bit near 0, where (a − c)/(a + c) would cost 6 units. What rounding a² loses, which a large exponent
/// would show, is carried along exactly.
/// </remarks>
internal static class NormalTail
{
    /// <summary>Where both Φ(−a) and a·Φ(−a) are zero: larger numbers are brought to it, since infinity would give NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Bounded<T, S, V>(V a) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var limit = S.Constant(typeof(T) == typeof(float) ? 15 : 39);
        return S.Select(S.Less(limit, a), limit, a);
    }

    /// <summary>
    /// e^(−a²/2) = p·2ⁿ for a <see cref="Bounded"/> a ≥ 0, p about 1: the caller scales its product once, so that subnormals are rounded only once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exponential<T, S, V>(V a, out V n) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        if (typeof(T) == typeof(double))
        {
            var half = S.Multiply(a, S.Constant(-0.5));
            var high = S.Multiply(half, a);
            return Kernels.Exponential.Parts<T, S, V>(high, S.FusedMultiplyAdd(half, a, S.Negate(high)), out n);
        }

        // r = a² + 2n·ln 2, ln 2 in two parts: n times the first is exact and a² enters unrounded. Then e^(−r/2), minimax to 2⁻²⁸.
        n = S.Round(S.Multiply(S.Multiply(a, a), S.Constant(-0.7213475204444817)));
        var r = S.FusedMultiplyAdd(a, a, S.Multiply(n, S.Constant(1.38671875)));
        r = S.FusedMultiplyAdd(n, S.Constant(-4.24388880109416e-4), r);
        var p = S.FusedMultiplyAdd(S.Constant(2.197238028322114e-05), r, S.Constant(-0.0002618530925800493));
        p = S.FusedMultiplyAdd(p, r, S.Constant(0.002604047094775607));
        p = S.FusedMultiplyAdd(p, r, S.Constant(-0.02083295203480374));
        p = S.FusedMultiplyAdd(p, r, S.Constant(0.1250000110643299));
        p = S.FusedMultiplyAdd(p, r, S.Constant(-0.500000025293275));
        return S.FusedMultiplyAdd(p, r, S.Constant(1));
    }

    /// <summary>
    /// R = Φ(−a)·e^(a²/2)·(a + c) for a <see cref="Bounded"/> a ≥ 0, with <paramref name="reciprocal"/> = 1/(a + c) and <paramref name="s"/> = a/(a + c).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Ratio<T, S, V>(V a, out V reciprocal, out V s) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        reciprocal = S.Divide(S.Constant(1), S.Add(a, S.Constant(typeof(T) == typeof(float) ? 2.5 : 4)));
        s = S.Multiply(a, reciprocal);
        return Polynomial<T, S, V>(s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Polynomial<T, S, V>(V s) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        V q;
        if (typeof(T) == typeof(float))
        {
            q = S.FusedMultiplyAdd(S.Constant(-0.032951128538014046), s, S.Constant(0.06181198773675422));
            q = S.FusedMultiplyAdd(q, s, S.Constant(0.02099880311582694));
            q = S.FusedMultiplyAdd(q, s, S.Constant(-0.051652129178450634));
            q = S.FusedMultiplyAdd(q, s, S.Constant(-0.021865705529147357));
            q = S.FusedMultiplyAdd(q, s, S.Constant(-0.08942640544902297));
            q = S.FusedMultiplyAdd(q, s, S.Constant(0.04224616718477877));
            q = S.FusedMultiplyAdd(q, s, S.Constant(0.2936565657035423));
            q = S.FusedMultiplyAdd(q, s, S.Constant(0.16949301324178653));
            q = S.FusedMultiplyAdd(q, s, S.Constant(-1.2433897309118422));
            q = S.FusedMultiplyAdd(q, s, S.Constant(1.2500000017066344));
            return q;
        }

        q = S.FusedMultiplyAdd(S.Constant(-0.00023959145818198144), s, S.Constant(-0.0032222070865518962));
        q = S.FusedMultiplyAdd(q, s, S.Constant(0.04345145483042954));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-0.20942527226620444));
        q = S.FusedMultiplyAdd(q, s, S.Constant(0.582364950036618));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-1.0848210534288152));
        q = S.FusedMultiplyAdd(q, s, S.Constant(1.464788780407514));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-1.503757298642044));
        q = S.FusedMultiplyAdd(q, s, S.Constant(1.2008230681662573));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-0.7556148406700022));
        q = S.FusedMultiplyAdd(q, s, S.Constant(0.3889576114415462));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-0.1591921926970063));
        q = S.FusedMultiplyAdd(q, s, S.Constant(0.03530186342976111));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-0.028022307414567002));
        q = S.FusedMultiplyAdd(q, s, S.Constant(0.02773903160112662));
        q = S.FusedMultiplyAdd(q, s, S.Constant(0.06999419462296749));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-0.0018908707935427782));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-0.21787217111299625));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-0.12031593664302483));
        q = S.FusedMultiplyAdd(q, s, S.Constant(0.7160329028890834));
        q = S.FusedMultiplyAdd(q, s, S.Constant(0.29539567799352057));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-3.192304053539095));
        q = S.FusedMultiplyAdd(q, s, S.Constant(5.233847027154317));
        q = S.FusedMultiplyAdd(q, s, S.Constant(-4.383076486422923));
        q = S.FusedMultiplyAdd(q, s, S.Constant(2.0));
        return q;
    }
}
