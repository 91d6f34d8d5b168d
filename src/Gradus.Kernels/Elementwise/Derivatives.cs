using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>dx = 0 where out ≤ 0, else g: through NaN goes what arrives, so that it is not lost.</summary>
internal readonly struct ReluBackwardOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V output) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.Select(S.LessOrEqual(output, S.Zero), S.Zero, gradient);
}

/// <summary>dx = g · out · (1 − out).</summary>
internal readonly struct SigmoidBackwardOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V output) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        Chain.ZeroWhere<T, S, V>(gradient, S.Multiply(S.Multiply(gradient, output), S.Subtract(S.Constant(1), output)));
}

/// <summary>dx = g · (1 − out²).</summary>
internal readonly struct TanhBackwardOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V output) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        Chain.Multiply<T, S, V>(gradient, S.FusedMultiplyAdd(S.Negate(output), output, S.Constant(1)));
}

/// <summary>z = x · y, and 0 where x is 0, even if y is infinite or NaN.</summary>
internal readonly struct ChainMultiplyOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => Chain.Multiply<T, S, V>(x, y);
}

/// <summary>z = x / y, and 0 where x is 0, even if y is 0 or NaN.</summary>
internal readonly struct ChainDivideOperator : IBinaryOperator
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => Chain.ZeroWhere<T, S, V>(x, S.Divide(x, y));
}

/// <summary>Products of the chain rule, in which nothing times anything is nothing.</summary>
internal static class Chain
{
    /// <summary>x · y, and 0 where x is 0, even if y is infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Multiply<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => ZeroWhere<T, S, V>(x, S.Multiply(x, y));

    /// <summary>A result that is NaN although x is 0 becomes 0; all others, signed zeros among them, stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ZeroWhere<T, S, V>(V x, V result) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.Select(S.And(S.Equal(x, S.Zero), S.Not(S.Equal(result, result))), S.Zero, result);
}

/// <summary>z = σ(x)·σ(−x), the derivative of the sigmoid: from e^−|x|, so that both tails keep their digits.</summary>
internal readonly struct SigmoidSlopeOperator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var e = Exponential.Exp<T, S, V>(S.Negate(S.Abs(x)));
        var sum = S.Add(e, S.Constant(1));
        return S.Divide(S.Divide(e, sum), sum);
    }
}

/// <summary>z = (1 − x)·(1 + x).</summary>
internal readonly struct OneMinusSquareOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.Multiply(S.Subtract(S.Constant(1), x), S.Add(S.Constant(1), x));
}

/// <summary>z = x / √(x² + y²), the derivative of the hypotenuse; 0 at the origin.</summary>
internal readonly struct HypotSlopeOperator : IBinaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(HypotSlope), x, y);
}

/// <summary>The float64 body of <see cref="HypotSlopeOperator"/>: an infinite side counts as the largest number.</summary>
internal readonly struct HypotSlope : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        x = Bounded<T, S, V>(x);
        return Chain.ZeroWhere<T, S, V>(x, S.Divide(x, default(Hypotenuse).Invoke<T, S, V>(x, Bounded<T, S, V>(y))));
    }

    // Half of the largest, so that the hypotenuse of two of them is a number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Bounded<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        V most = S.Constant(double.MaxValue / 2), least = S.Constant(double.MinValue / 2);
        x = S.Select(S.Less(x, least), least, x);
        return S.Select(S.Less(most, x), most, x);
    }
}
