using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The tail of the normal distribution, Φ(−a) = ½·erfc(a/√2), to the last digits of its value however small it is.</summary>
/// <remarks>
/// Φ(−a) = e^(−a²/2) · R(t) / (a + c), t = (a − c)/(a + c): R is smooth on all of [0, ∞) and a polynomial in t gives it to 2⁻²⁸ (float, c = 4)
/// and 2⁻⁶¹ (double, c = 5). What rounding a² loses, which a large exponent would show, is carried along exactly.
/// </remarks>
internal static class NormalTail
{
    /// <summary>factor · Φ(−a) for 0 ≤ a, rounded to subnormals only once; <paramref name="density"/> gets factor · e^(−a²/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<T, S, V>(V a, V factor, out V density) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        // Beyond the limit both are zero; infinity would give NaN.
        var limit = S.Constant(typeof(T) == typeof(float) ? 15 : 39);
        a = S.Select(S.Less(limit, a), limit, a);
        var half = S.Multiply(a, S.Constant(-0.5));
        var high = S.Multiply(half, a);
        var e = S.Multiply(Exponential.Parts<T, S, V>(high, S.FusedMultiplyAdd(half, a, S.Negate(high)), out var n), factor);
        density = S.Scale(e, n);
        var c = typeof(T) == typeof(float) ? 4.0 : 5.0;
        var reciprocal = S.Divide(S.Constant(1), S.Add(a, S.Constant(c)));
        var t = S.FusedMultiplyAdd(reciprocal, S.Constant(-2 * c), S.Constant(1));
        return S.Scale(S.Multiply(e, S.Multiply(Polynomial<T, S, V>(t), reciprocal)), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Polynomial<T, S, V>(V t) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        V q;
        if (typeof(T) == typeof(float))
        {
            q = S.FusedMultiplyAdd(S.Constant(-5.1556593298561416e-05), t, S.Constant(-0.0002317986783423407));
            q = S.FusedMultiplyAdd(q, t, S.Constant(0.00017105461158686258));
            q = S.FusedMultiplyAdd(q, t, S.Constant(0.001645219297359636));
            q = S.FusedMultiplyAdd(q, t, S.Constant(-0.003489317276115056));
            q = S.FusedMultiplyAdd(q, t, S.Constant(-0.00754526826571505));
            q = S.FusedMultiplyAdd(q, t, S.Constant(0.06039753308782922));
            q = S.FusedMultiplyAdd(q, t, S.Constant(-0.18652128140252128));
            q = S.FusedMultiplyAdd(q, t, S.Constant(0.3871373679985599));
            q = S.FusedMultiplyAdd(q, t, S.Constant(-0.6078966590908522));
            q = S.FusedMultiplyAdd(q, t, S.Constant(0.7552851306230107));
            return q;
        }

        q = S.FusedMultiplyAdd(S.Constant(-2.3934540287307478e-11), t, S.Constant(-4.3476482340821674e-10));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-1.101110973432383e-09));
        q = S.FusedMultiplyAdd(q, t, S.Constant(2.417976776851357e-09));
        q = S.FusedMultiplyAdd(q, t, S.Constant(1.0758671296705753e-08));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-8.875996811233272e-09));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-7.017386778500429e-08));
        q = S.FusedMultiplyAdd(q, t, S.Constant(4.047744732681982e-08));
        q = S.FusedMultiplyAdd(q, t, S.Constant(4.3636133036457e-07));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-3.347517759780378e-07));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-2.770771780739415e-06));
        q = S.FusedMultiplyAdd(q, t, S.Constant(3.979874825085155e-06));
        q = S.FusedMultiplyAdd(q, t, S.Constant(1.6681660994386736e-05));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-4.976247449676669e-05));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-5.937581275369117e-05));
        q = S.FusedMultiplyAdd(q, t, S.Constant(0.0005448989959054916));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-0.000797869388474967));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-0.0029933767622062086));
        q = S.FusedMultiplyAdd(q, t, S.Constant(0.020795066799189046));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-0.06911863870685757));
        q = S.FusedMultiplyAdd(q, t, S.Constant(0.16502036617041027));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-0.31353315667128806));
        q = S.FusedMultiplyAdd(q, t, S.Constant(0.495305615969976));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-0.6653825028900568));
        q = S.FusedMultiplyAdd(q, t, S.Constant(0.769193049750063));
        return q;
    }
}
