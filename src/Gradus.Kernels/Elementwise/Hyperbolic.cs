using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = sinh x = (eˣ − e⁻ˣ)/2, evaluated in float64.</summary>
internal readonly struct SinhOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(HyperbolicSine), x);
}

/// <summary>z = cosh x = (eˣ + e⁻ˣ)/2, evaluated in float64.</summary>
internal readonly struct CoshOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(HyperbolicCosine), x);
}

/// <summary>z = arsinh x = ln(x + √(x² + 1)), evaluated in float64.</summary>
internal readonly struct AsinhOperator : IUnaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(InverseSine), x);
}

/// <summary>z = arcosh x = ln(x + √(x² − 1)), evaluated in float64; NaN below 1.</summary>
internal readonly struct AcoshOperator : IUnaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(InverseCosine), x);
}

/// <summary>z = artanh x = ½·ln((1 + x)/(1 − x)), evaluated in float64; NaN beyond ±1.</summary>
internal readonly struct AtanhOperator : IUnaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(InverseTangent), x);
}

/// <summary>The float64 body of <see cref="SinhOperator"/>: up to 1 the power series, beyond it half of e^|x| less half of its reciprocal.</summary>
internal readonly struct HyperbolicSine : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var magnitude = S.Abs(x);
        var z = S.Multiply(magnitude, magnitude);
        var p = S.FusedMultiplyAdd(S.Constant(1.9572941063391263e-20), z, S.Constant(8.22063524662433e-18));
        p = S.FusedMultiplyAdd(p, z, S.Constant(2.8114572543455206e-15));
        p = S.FusedMultiplyAdd(p, z, S.Constant(7.647163731819816e-13));
        p = S.FusedMultiplyAdd(p, z, S.Constant(1.6059043836821613e-10));
        p = S.FusedMultiplyAdd(p, z, S.Constant(2.505210838544172e-08));
        p = S.FusedMultiplyAdd(p, z, S.Constant(2.7557319223985893e-06));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.0001984126984126984));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.008333333333333333));
        p = S.FusedMultiplyAdd(p, z, S.Constant(0.16666666666666666));
        var near = S.FusedMultiplyAdd(S.Multiply(z, magnitude), p, magnitude);
        var half = HyperbolicCosine.HalfExp<T, S, V>(magnitude);
        var far = S.Subtract(half, S.Divide(S.Constant(0.25), half));
        return S.Or(S.Select(S.Less(magnitude, S.Constant(1)), near, far), S.Xor(x, magnitude));
    }
}

/// <summary>The float64 body of <see cref="CoshOperator"/>.</summary>
internal readonly struct HyperbolicCosine : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var half = HalfExp<T, S, V>(S.Abs(x));
        return S.Add(half, S.Divide(S.Constant(0.25), half));
    }

    /// <summary>½·eˣ for x ≥ 0, finite as far as the hyperbolic functions are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V HalfExp<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var limit = S.Constant(712);
        var p = Exponential.Parts<T, S, V>(S.Select(S.Less(limit, x), limit, x), S.Zero, out var n);
        return S.Scale(p, S.Subtract(n, S.Constant(1)));
    }
}

/// <summary>The float64 body of <see cref="AsinhOperator"/>: ln(1 + (a + a²/(1 + √(a² + 1)))) with a = |x|, so that nothing cancels.</summary>
internal readonly struct InverseSine : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var magnitude = S.Abs(x);
        var one = S.Constant(1);
        // Beyond 2²⁸ the square adds nothing that shows; below, a itself stands in for it.
        var far = S.Less(S.Constant(268435456), magnitude);
        var a = S.Select(far, one, magnitude);
        var square = S.Multiply(a, a);
        var sum = S.Add(a, S.Divide(square, S.Add(one, S.Sqrt(S.Add(square, one)))));
        var near = NaturalLogarithm.LogPlusOne<T, S, V>(sum);
        var large = S.Add(NaturalLogarithm.Log<T, S, V>(magnitude), S.Constant(0.6931471805599453));
        return S.Or(S.Select(far, large, near), S.Xor(x, magnitude));
    }
}

/// <summary>The float64 body of <see cref="AcoshOperator"/>: ln(1 + (t + √(2t + t²))) with t = x − 1, which is exact where the result is small.</summary>
internal readonly struct InverseCosine : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var far = S.Less(S.Constant(268435456), x);
        var t = S.Subtract(S.Select(far, S.Constant(2), x), S.Constant(1));
        var near = NaturalLogarithm.LogPlusOne<T, S, V>(S.Add(t, S.Sqrt(S.FusedMultiplyAdd(t, t, S.Add(t, t)))));
        var large = S.Add(NaturalLogarithm.Log<T, S, V>(x), S.Constant(0.6931471805599453));
        return S.Select(far, large, S.Select(S.Less(x, S.Constant(1)), S.Constant(double.NaN), near));
    }
}

/// <summary>
/// The float64 body of <see cref="AtanhOperator"/>: ½·ln(1 + 2a/(1 − a)) with a = |x|; below ½ the argument is taken apart into 2a + 2a·a/(1 − a).
/// </summary>
internal readonly struct InverseTangent : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var magnitude = S.Abs(x);
        var twice = S.Add(magnitude, magnitude);
        var complement = S.Subtract(S.Constant(1), magnitude);
        var near = S.Add(twice, S.Divide(S.Multiply(twice, magnitude), complement));
        var sum = S.Select(S.Less(magnitude, S.Constant(0.5)), near, S.Divide(twice, complement));
        sum = S.Select(S.Less(S.Constant(1), magnitude), S.Constant(double.NaN), sum);
        var result = S.Multiply(NaturalLogarithm.LogPlusOne<T, S, V>(sum), S.Constant(0.5));
        // Half of a subnormal would lose a digit that twice of it had.
        return S.Or(S.Select(S.Less(magnitude, S.Constant(1e-9)), magnitude, S.Abs(result)), S.Xor(x, magnitude));
    }
}
