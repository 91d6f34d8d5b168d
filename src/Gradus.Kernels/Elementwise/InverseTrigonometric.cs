using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = arctan x in [−π/2, π/2], evaluated in float64.</summary>
internal readonly struct AtanOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(ArcTangent), x);
}

/// <summary>z = the angle in [−π, π] of the point with ordinate x and abscissa y, evaluated in float64.</summary>
internal readonly struct Atan2Operator : IBinaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(PointAngle), x, y);
}

/// <summary>z = arcsin x in [−π/2, π/2], evaluated in float64; NaN beyond ±1.</summary>
internal readonly struct AsinOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(ArcSine), x);
}

/// <summary>z = arccos x in [0, π], evaluated in float64; NaN beyond ±1.</summary>
internal readonly struct AcosOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(ArcCosine), x);
}

/// <summary>The float64 body of <see cref="AtanOperator"/>: up to 1 the angle itself, beyond π/2 less that of the reciprocal.</summary>
internal readonly struct ArcTangent : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var magnitude = S.Abs(x);
        var one = S.Constant(1);
        var steep = S.Less(one, magnitude);
        var angle = OfQuotient<T, S, V>(S.Select(steep, one, magnitude), S.Select(steep, magnitude, one));
        angle = S.Select(steep, S.Add(S.Subtract(S.Constant(1.5707963267948966), angle), S.Constant(6.123233995736766e-17)), angle);
        return S.Or(angle, S.Xor(x, magnitude));
    }

    /// <summary>
    /// arctan(n/d) for 0 ≤ n ≤ d. Above tan π/8 the angle is π/4 − arctan((d − n)/(d + n)); the polynomial is minimax on [0, tan π/8], below 2⁻⁶¹ of the
    /// result.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfQuotient<T, S, V>(V n, V d) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var far = S.Less(S.Multiply(d, S.Constant(0.4142)), n);
        var t = S.Divide(S.Select(far, S.Subtract(n, d), n), S.Select(far, S.Add(n, d), d));
        var z = S.Multiply(t, t);
        var p = S.FusedMultiplyAdd(S.Constant(0.01628357235648259), z, S.Constant(-0.0345685906686069));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.045515165635903104));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-0.052304374642516874));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.05878926715756726));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-0.066664246872465));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.07692296363979952));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-0.09090908753118594));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.11111111105147764));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-0.14285714285659748));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.19999999999999804));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-0.3333333333333333));
        var angle = S.FusedMultiplyAdd(S.Multiply(z, t), p, t);
        return S.Select(far, S.Add(S.Constant(0.7853981633974483), S.Add(angle, S.Constant(3.061616997868383e-17))), angle);
    }
}

/// <summary>The float64 body of <see cref="Atan2Operator"/>, with the zeros and infinities of the IEEE function.</summary>
internal readonly struct PointAngle : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        V up = S.Abs(x), right = S.Abs(y);
        var steep = S.Less(right, up);
        V least = S.Select(steep, right, up), most = S.Select(steep, up, right);
        // Beyond 10³⁰⁰ the sum of the two might overflow; two infinities make the diagonal, two zeros the axis.
        var factor = S.Select(S.Less(S.Constant(1e300), most), S.Constant(8.673617379884035e-19), S.Constant(1));
        var diagonal = S.Equal(least, S.Constant(double.PositiveInfinity));
        var one = S.Constant(1);
        least = S.Select(diagonal, one, S.Multiply(least, factor));
        most = S.Select(diagonal, one, S.Select(S.Equal(most, S.Zero), one, S.Multiply(most, factor)));
        var angle = ArcTangent.OfQuotient<T, S, V>(least, most);
        angle = S.Select(steep, S.Add(S.Subtract(S.Constant(1.5707963267948966), angle), S.Constant(6.123233995736766e-17)), angle);
        // The sign of the abscissa counts even where it is −0.
        var left = S.ShiftRightArithmeticBits(y, 63);
        angle = S.Select(left, S.Add(S.Subtract(S.Constant(3.141592653589793), angle), S.Constant(1.2246467991473532e-16)), angle);
        angle = S.Or(angle, S.Xor(x, up));
        return S.Select(S.And(S.Equal(x, x), S.Equal(y, y)), angle, S.Constant(double.NaN));
    }
}

/// <summary>The float64 body of <see cref="AsinOperator"/>: beyond ½, π/2 − 2·arcsin √((1 − |x|)/2).</summary>
internal readonly struct ArcSine : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var magnitude = S.Abs(x);
        var far = S.Less(S.Constant(0.5), magnitude);
        var arc = Arc<T, S, V>(magnitude, far);
        var half = S.Constant(1.5707963267948966);
        arc = S.Select(far, S.Add(S.FusedMultiplyAdd(arc, S.Constant(-2), half), S.Constant(6.123233995736766e-17)), arc);
        return S.Or(arc, S.Xor(x, magnitude));
    }

    /// <summary>
    /// arcsin of |x|, or where <paramref name="far"/> of √((1 − |x|)/2): s + s·R(s²), with the rational R of the classic freely distributed library of Sun
    /// Microsystems.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Arc<T, S, V>(V magnitude, V far) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var z = S.Select(far, S.Multiply(S.Subtract(S.Constant(1), magnitude), S.Constant(0.5)), S.Multiply(magnitude, magnitude));
        var s = S.Select(far, S.Sqrt(z), magnitude);
        var p = S.FusedMultiplyAdd(S.Constant(3.47933107596021167570e-05), z, S.Constant(7.91534994289814532176e-04));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-4.00555345006794114027e-02));
        p = S.FusedMultiplyAdd(p, z, S.Constant(2.01212532134862925881e-01));
        p = S.FusedMultiplyAdd(p, z, S.Constant(-3.25565818622400915405e-01));
        p = S.FusedMultiplyAdd(p, z, S.Constant(1.66666666666666657415e-01));
        var q = S.FusedMultiplyAdd(S.Constant(7.70381505559019352791e-02), z, S.Constant(-6.88283971605453293030e-01));
        q = S.FusedMultiplyAdd(q, z, S.Constant(2.02094576023350569471e+00));
        q = S.FusedMultiplyAdd(q, z, S.Constant(-2.40339491173441421878e+00));
        q = S.FusedMultiplyAdd(q, z, S.Constant(1));
        return S.FusedMultiplyAdd(s, S.Divide(S.Multiply(p, z), q), s);
    }
}

/// <summary>The float64 body of <see cref="AcosOperator"/>: 2·arcsin √((1 − x)/2) near 1, so that the small angles there keep their digits.</summary>
internal readonly struct ArcCosine : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var magnitude = S.Abs(x);
        var far = S.Less(S.Constant(0.5), magnitude);
        var arc = ArcSine.Arc<T, S, V>(magnitude, far);
        var negative = S.Less(x, S.Zero);
        var twice = S.Add(arc, arc);
        var ends = S.Select(negative, S.Subtract(S.Constant(3.141592653589793), S.Subtract(twice, S.Constant(1.2246467991473532e-16))), twice);
        var signed = S.Or(arc, S.Xor(x, magnitude));
        var middle = S.Subtract(S.Constant(1.5707963267948966), S.Subtract(signed, S.Constant(6.123233995736766e-17)));
        return S.Select(far, ends, middle);
    }
}
