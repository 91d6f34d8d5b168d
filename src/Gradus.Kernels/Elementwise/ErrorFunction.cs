using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = erf x = 2/√π · ∫₀ˣ e^−t² dt; at most 1.6 units in the last place in float32.</summary>
/// <remarks>
/// In float32, below 0.9: x + x·P(x²). From 0.9 to 4: 1 − 2^(−x·Q(x)). Beyond 4 the result rounds to ±1. P, Q and the polynomial of 2ʳ are minimax: 2⁻²⁶, 2⁻²⁸
/// and 2⁻²³ of the result's parts. Every float32 from 0 to 4 was held against float64.
/// </remarks>
internal readonly struct ErfOperator : IUnaryOperator
{
    // 2²³ + 2²²: adding it rounds to an integer, which is then in the lowest bits.
    private const double Rounding = 12582912;

    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        typeof(T) == typeof(float) ? InFloat<T, S, V>(x) : S.InDouble(default(Erf), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V InFloat<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var magnitude = S.Abs(x);
        var sign = S.Xor(x, magnitude);
        var z = S.Multiply(x, x);
        var p = S.FusedMultiplyAdd(S.Constant(-0.0006090358668639666), z, S.Constant(0.005011962548847976));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-0.02677890871924761));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.11282140806014496));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-0.3761252327558131));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.1283791537971705));
        p = S.FusedMultiplyAdd(p, magnitude, magnitude);

        var limit = S.Constant(4);
        // NaN is left to the other branch.
        var inside = S.Select(S.Less(magnitude, limit), magnitude, limit);
        var q = S.FusedMultiplyAdd(S.Constant(0.000308958823907024), inside, S.Constant(-0.004640359509012093));
        q = S.FusedMultiplyAdd(q, inside, S.Constant(0.0330306862745649));
        q = S.FusedMultiplyAdd(q, inside, S.Constant(-0.15187324072456876));
        q = S.FusedMultiplyAdd(q, inside, S.Constant(-0.9171374604173659));
        q = S.FusedMultiplyAdd(q, inside, S.Constant(-1.6281053071527647));
        var shifted = S.FusedMultiplyAdd(q, inside, S.Constant(Rounding));
        var r = S.FusedMultiplyAdd(q, inside, S.Subtract(S.Constant(Rounding), shifted));
        var power = S.FusedMultiplyAdd(S.Constant(0.0013276467695493774), r, S.Constant(0.009675541300185955));
        power = S.FusedMultiplyAdd(power, r, S.Constant(0.05550713286790843));
        power = S.FusedMultiplyAdd(power, r, S.Constant(0.24022119724693286));
        power = S.FusedMultiplyAdd(power, r, S.Constant(0.693146967056621));
        power = S.FusedMultiplyAdd(power, r, S.Constant(1.0000000716544224));
        var tail = S.AddBits(power, S.ShiftLeftBits(shifted, 23));
        return S.Or(S.Select(S.Less(S.Constant(0.9), magnitude), S.Subtract(S.Constant(1), tail), p), sign);
    }
}

/// <summary>The float64 body of <see cref="ErfOperator"/>.</summary>
/// <remarks>
/// Up to 1: x·P(x²). From 1 to 6: 1 − e^−x²·Q(t) with t = (x − 2)/(x + 2). Beyond 6 the result rounds to ±1. Both polynomials are minimax, below 2⁻⁶² of the
/// result.
/// </remarks>
internal readonly struct Erf : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var magnitude = S.Abs(x);
        var sign = S.Xor(x, magnitude);
        var z = S.Multiply(magnitude, magnitude);
        var p = S.FusedMultiplyAdd(S.Constant(5.939816853738725e-11), z, S.Constant(-1.1362512049036911e-09));
        p = S.FusedMultiplyAdd(p, z, S.Constant(1.4657081593138616e-08));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-1.634990932134324e-07));
        p = S.FusedMultiplyAdd(p, z, S.Constant(1.646096216135917e-06));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-1.4925592860920987e-05));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.00012055331010827163));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-0.0008548326978051107));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.0052239776247692896));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-0.026866170645071755));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.11283791670954851));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-0.3761263890318375));
        p = S.FusedMultiplyAdd(p, z, S.Constant(1.1283791670955126));

        var limit = S.Constant(6);
        var inside = S.Select(S.Less(limit, magnitude), limit, magnitude);
        var two = S.Constant(2);
        var t = S.Divide(S.Subtract(inside, two), S.Add(inside, two));
        var q = S.FusedMultiplyAdd(S.Constant(2.216551523370846e-06), t, S.Constant(9.480059413457828e-07));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-1.382521597797611e-05));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-2.7487565100801073e-05));
        q = S.FusedMultiplyAdd(q, t, S.Constant(2.7531620046314332e-05));
        q = S.FusedMultiplyAdd(q, t, S.Constant(0.00017435646080216752));
        q = S.FusedMultiplyAdd(q, t, S.Constant(4.355471105316156e-05));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-0.0009819769726065314));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-0.0008471432258198546));
        q = S.FusedMultiplyAdd(q, t, S.Constant(0.006997461740165828));
        q = S.FusedMultiplyAdd(q, t, S.Constant(0.003732892404114974));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-0.0789785810157483));
        q = S.FusedMultiplyAdd(q, t, S.Constant(0.2416581942424668));
        q = S.FusedMultiplyAdd(q, t, S.Constant(-0.4271858474139584));
        q = S.FusedMultiplyAdd(q, t, S.Constant(0.25539567631050575));
        var tail = S.Multiply(Exponential.Exp<T, S, V>(S.Negate(S.Multiply(inside, inside))), q);

        var one = S.Constant(1);
        return S.Or(S.Select(S.Less(magnitude, one), S.Multiply(magnitude, p), S.Subtract(one, tail)), sign);
    }
}
