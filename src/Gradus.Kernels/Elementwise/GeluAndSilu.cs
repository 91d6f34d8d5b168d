using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>
/// z = x · Φ(x) = x · ½(1 + erf(x/√2)), as max(x, 0) − a·Φ(−a) with a = |x|: below zero only the distribution's tail is left, and small values keep their
/// digits.
/// </summary>
internal readonly struct GeluOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var a = NormalTail.Bounded<T, S, V>(S.Abs(x));
        var e = NormalTail.Exponential<T, S, V>(a, out var n);
        // a·Φ(−a)·e^(a²/2) = s·R.
        var ratio = NormalTail.Ratio<T, S, V>(a, out _, out var s);
        var tail = S.Scale(S.Multiply(e, S.Multiply(s, ratio)), n);
        // −0 where x is negative, so that a tail that underflows leaves −0.
        return S.Subtract(S.Select(S.Less(x, S.Zero), S.Constant(-0.0), x), tail);
    }
}

/// <summary>dx = g · (Φ(x) + x·e^(−x²/2)/√(2π)).</summary>
internal readonly struct GeluBackwardOperator : IBinaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        // At −x the derivative is 1 minus that at x.
        var a = NormalTail.Bounded<T, S, V>(S.Abs(x));
        var e = NormalTail.Exponential<T, S, V>(a, out var n);
        var ratio = NormalTail.Ratio<T, S, V>(a, out var reciprocal, out _);
        var below = S.Scale(S.Multiply(e, S.FusedMultiplyAdd(a, S.Constant(-0.3989422804014327), S.Multiply(ratio, reciprocal))), n);
        return Chain.Multiply<T, S, V>(gradient, S.Select(S.Less(x, S.Zero), below, S.Subtract(S.Constant(1), below)));
    }
}

/// <summary>z = x / (1 + e^−x), from s = e^(−|x|/2) so that neither end overflows and small values keep their digits.</summary>
internal readonly struct SiluOperator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var s = Exponential.Exp<T, S, V>(S.Multiply(S.Abs(x), S.Constant(-0.5)));
        // −∞ · 0 is NaN, which the limit of the product, −0, is not.
        var least = S.Constant(-4096);
        var bounded = S.Select(S.Less(x, least), least, x);
        var above = S.Select(S.Less(x, S.Zero), S.Multiply(S.Multiply(bounded, s), s), x);
        return S.Divide(above, S.FusedMultiplyAdd(s, s, S.Constant(1)));
    }
}

/// <summary>dx = g · σ·(1 + x·(1 − σ)), σ = 1 / (1 + e^−x).</summary>
internal readonly struct SiluBackwardOperator : IBinaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var one = S.Constant(1);
        var sigmoid = default(SigmoidOperator).Invoke<T, S, V>(x);
        // Far out the slope is 0 or 1, where 0 · ∞ would say NaN.
        V least = S.Constant(-4096), most = S.Constant(4096);
        x = S.Select(S.Less(x, least), least, x);
        x = S.Select(S.Less(most, x), most, x);
        return Chain.Multiply<T, S, V>(gradient, S.Multiply(sigmoid, S.FusedMultiplyAdd(x, S.Subtract(one, sigmoid), one)));
    }
}
