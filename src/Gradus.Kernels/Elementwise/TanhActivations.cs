using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = x·tanh(ln(1 + eˣ)) = x·n/(n + 2) with n = e·(e + 2), e = eˣ; from √e, so that small results are rounded once.</summary>
internal readonly struct MishOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        V bounded = Mish.Bounded<T, S, V>(x);
        var root = Exponential.Exp<T, S, V>(S.Multiply(bounded, S.Constant(0.5)));
        var e = S.Multiply(root, root);
        var two = S.Constant(2);
        var half = S.Multiply(root, S.Add(e, two));
        var curve = S.Multiply(S.Multiply(bounded, root), S.Divide(half, S.FusedMultiplyAdd(root, half, two)));
        return S.Select(S.Less(bounded, x), x, curve);
    }
}

/// <summary>dx = g·(t + x·σ·(1 − t²)) with t = tanh(ln(1 + eˣ)) = n/(n + 2) and σ = sigmoid(x).</summary>
internal readonly struct MishBackwardOperator : IBinaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        V bounded = Mish.Bounded<T, S, V>(x);
        var e = Exponential.Exp<T, S, V>(bounded);
        var two = S.Constant(2);
        var n = S.Multiply(e, S.Add(e, two));
        var reciprocal = S.Divide(S.Constant(1), S.Add(n, two));
        // σ·(1 − t²) = 4·e·(1 + e)/(n + 2)².
        var rise = S.Multiply(S.Multiply(S.Multiply(S.Constant(4), e), reciprocal), S.Multiply(S.Add(e, S.Constant(1)), reciprocal));
        var slope = S.FusedMultiplyAdd(bounded, rise, S.Multiply(n, reciprocal));
        return Chain.Multiply<T, S, V>(gradient, S.Select(S.Less(bounded, x), S.Constant(1), slope));
    }
}

/// <summary>What both Mish kernels share.</summary>
internal static class Mish
{
    /// <summary>x brought to where the curve is neither x nor zero to the last digit; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Bounded<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        V low = S.Constant(-2000), high = S.Constant(typeof(T) == typeof(float) ? 20 : 40);
        x = S.Select(S.Less(x, low), low, x);
        return S.Select(S.Less(high, x), high, x);
    }
}

/// <summary>z = ½x·(1 + tanh(√(2/π)·(x + 0.044715x³))) = x·sigmoid(u), u = 2√(2/π)·(x + 0.044715x³).</summary>
internal readonly struct GeluTanhOperator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var inner = S.FusedMultiplyAdd(S.Multiply(x, x), S.Constant(0.044715), S.Constant(1));
        var u = S.Multiply(S.Multiply(x, S.Constant(1.5957691216057308)), inner);
        // −∞ · 0 is NaN, which the limit of the product, −0, is not.
        var least = S.Constant(-4096);
        return S.Multiply(S.Select(S.Less(x, least), least, x), default(SigmoidOperator).Invoke<T, S, V>(u));
    }
}

/// <summary>dx = g·(σ + x·σ·(1 − σ)·u′), σ = sigmoid(u), u′ = 2√(2/π)·(1 + 0.134145x²).</summary>
internal readonly struct GeluTanhBackwardOperator : IBinaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var square = S.Multiply(x, x);
        var u = S.Multiply(S.Multiply(x, S.Constant(1.5957691216057308)), S.FusedMultiplyAdd(square, S.Constant(0.044715), S.Constant(1)));
        var sigmoid = default(SigmoidOperator).Invoke<T, S, V>(u);
        var rise = S.Multiply(S.Multiply(x, S.Constant(1.5957691216057308)), S.FusedMultiplyAdd(square, S.Constant(0.134145), S.Constant(1)));
        // Far out the slope is 0 or 1, where 0 · ∞ would say NaN.
        var far = S.Less(S.Constant(64), S.Abs(x));
        rise = S.Select(far, S.Zero, rise);
        return Chain.Multiply<T, S, V>(gradient, S.FusedMultiplyAdd(S.Multiply(sigmoid, S.Subtract(S.Constant(1), sigmoid)), rise, sigmoid));
    }
}

/// <summary>z = x / (1 + |x|), ±1 at ±∞.</summary>
internal readonly struct SoftsignOperator : IUnaryOperator
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        // ∞ / ∞ is NaN, which the limit of the quotient is not.
        V most = S.Constant(typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue), least = S.Negate(most);
        x = S.Select(S.Less(x, least), least, x);
        x = S.Select(S.Less(most, x), most, x);
        return S.Divide(x, S.Add(S.Abs(x), S.Constant(1)));
    }
}

/// <summary>z = x − tanh x, in float64.</summary>
internal readonly struct TanhshrinkOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(Tanhshrink), x);
}

/// <summary>
/// The float64 body of <see cref="TanhshrinkOperator"/>: close to 0 by Taylor's series, since there the difference is small beside its terms.
/// </summary>
internal readonly struct Tanhshrink : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var square = S.Multiply(x, x);
        var series = S.FusedMultiplyAdd(square, S.Constant(929569.0 / 638512875), S.Constant(-21844.0 / 6081075));
        series = S.FusedMultiplyAdd(square, series, S.Constant(1382.0 / 155925));
        series = S.FusedMultiplyAdd(square, series, S.Constant(-62.0 / 2835));
        series = S.FusedMultiplyAdd(square, series, S.Constant(17.0 / 315));
        series = S.FusedMultiplyAdd(square, series, S.Constant(-2.0 / 15));
        series = S.FusedMultiplyAdd(square, series, S.Constant(1.0 / 3));
        var difference = S.Subtract(x, default(TanhOperator).Invoke<T, S, V>(x));
        return S.Select(S.Less(S.Abs(x), S.Constant(0.1)), S.Multiply(S.Multiply(x, square), series), difference);
    }
}
