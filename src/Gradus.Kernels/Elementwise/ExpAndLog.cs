using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = eˣ.</summary>
internal readonly struct ExpOperator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => Exponential.Exp<T, S, V>(x);
}

/// <summary>z = eˣ − 1.</summary>
internal readonly struct Expm1Operator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => Exponential.ExpMinusOne<T, S, V>(x);
}

/// <summary>z = e^(x − shift): the numerator of a softmax.</summary>
internal readonly struct ExpShiftedOperator<TValue>(TValue shift) : IUnaryOperator where TValue : unmanaged
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => Exponential.Exp<T, S, V>(S.Subtract(x, S.Create(shift)));
}

/// <summary>z = ln x.</summary>
internal readonly struct LogOperator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => NaturalLogarithm.Log<T, S, V>(x);
}

/// <summary>z = ln(1 + x).</summary>
internal readonly struct Log1pOperator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => NaturalLogarithm.LogPlusOne<T, S, V>(x);
}

/// <summary>z = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), which neither overflows nor cancels.</summary>
internal readonly struct SoftplusOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var tail = NaturalLogarithm.LogPlusOne<T, S, V>(Exponential.Exp<T, S, V>(S.Negate(S.Abs(x))));
        return S.Add(S.Select(S.Less(x, S.Zero), S.Zero, x), tail);
    }
}

/// <summary>z = max(x, 0) − x·y + ln(1 + e^−|x|): binary cross-entropy of the logit x and the target y.</summary>
internal readonly struct BinaryCrossEntropyOperator : IBinaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var tail = NaturalLogarithm.LogPlusOne<T, S, V>(Exponential.Exp<T, S, V>(S.Negate(S.Abs(x))));
        var isNegative = S.Less(x, S.Zero);
        var loss = S.Add(S.Subtract(S.Select(isNegative, S.Zero, x), S.Multiply(x, y)), tail);
        // An infinite logit costs nothing where it is right and ∞ where it is not, which ∞ − ∞ and 0 · ∞ would not say.
        var infinity = S.Constant(double.PositiveInfinity);
        var wrong = S.Select(isNegative, y, S.Subtract(S.Constant(1), y));
        return S.Select(S.Equal(S.Abs(x), infinity), Chain.ZeroWhere<T, S, V>(wrong, S.Multiply(wrong, infinity)), loss);
    }
}
