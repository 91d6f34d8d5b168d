using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = 1 − erf x, evaluated in float64, its small values above zero to their last digits.</summary>
internal readonly struct ErfcOperator : IUnaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(ComplementaryErf), x);
}

/// <summary>
/// The float64 body of <see cref="ErfcOperator"/>: below ½ the difference itself; above, e^−x²·P(t)/(x + 3.75) with t = (x − 3.75)/(x + 3.75), P minimax,
/// below 2⁻⁵⁹ of the result.
/// </summary>
internal readonly struct ComplementaryErf : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var limit = S.Constant(28);
        var inside = S.Select(S.Less(limit, x), limit, x);
        var low = S.Constant(0.5);
        inside = S.Select(S.Less(inside, low), low, inside);
        var shift = S.Constant(3.75);
        var sum = S.Add(inside, shift);
        var t = S.Divide(S.Subtract(inside, shift), sum);
        var p = S.FusedMultiplyAdd(S.Constant(-4.17576558511788e-09), t, S.Constant(2.173368636764768e-09));
        p = S.FusedMultiplyAdd(p, t, S.Constant(3.901394562641285e-08));
        p = S.FusedMultiplyAdd(p, t, S.Constant(-2.53550893063591e-08));
        p = S.FusedMultiplyAdd(p, t, S.Constant(-2.6299133212609845e-07));
        p = S.FusedMultiplyAdd(p, t, S.Constant(2.7850728651264115e-07));
        p = S.FusedMultiplyAdd(p, t, S.Constant(1.6558182799340751e-06));
        p = S.FusedMultiplyAdd(p, t, S.Constant(-3.288702140601566e-06));
        p = S.FusedMultiplyAdd(p, t, S.Constant(-8.903910488894366e-06));
        p = S.FusedMultiplyAdd(p, t, S.Constant(3.747144289098595e-05));
        p = S.FusedMultiplyAdd(p, t, S.Constant(1.0593993926603715e-05));
        p = S.FusedMultiplyAdd(p, t, S.Constant(-0.0003486467935463014));
        p = S.FusedMultiplyAdd(p, t, S.Constant(0.0007948230970594004));
        p = S.FusedMultiplyAdd(p, t, S.Constant(0.0009863380714917067));
        p = S.FusedMultiplyAdd(p, t, S.Constant(-0.012535880040629919));
        p = S.FusedMultiplyAdd(p, t, S.Constant(0.049118778615879516));
        p = S.FusedMultiplyAdd(p, t, S.Constant(-0.1319554011785677));
        p = S.FusedMultiplyAdd(p, t, S.Constant(0.27906204903376175));
        p = S.FusedMultiplyAdd(p, t, S.Constant(-0.4904702912076773));
        p = S.FusedMultiplyAdd(p, t, S.Constant(0.7363189252217519));
        p = S.FusedMultiplyAdd(p, t, S.Constant(-0.9587415766529096));
        p = S.FusedMultiplyAdd(p, t, S.Constant(1.0919229095627891));
        // What rounding x² loses would show in the exponential of a large one; what rounding the divisor loses is small enough to go there too.
        var high = S.Negate(S.Multiply(inside, inside));
        var lost = S.FusedMultiplyAdd(S.Negate(inside), inside, S.Negate(high));
        lost = S.Subtract(lost, S.Divide(S.Subtract(inside, S.Subtract(sum, shift)), sum));
        var e = Exponential.Parts<T, S, V>(high, lost, out var n);
        var tail = S.Scale(S.Divide(S.Multiply(e, p), sum), n);
        return S.Select(S.Less(low, x), tail, S.Subtract(S.Constant(1), default(Erf).Invoke<T, S, V>(x)));
    }
}
