using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = 2ˣ.</summary>
internal readonly struct Exp2Operator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => Exponential.ExpOfTwo<T, S, V>(x);
}

/// <summary>z = log₂ x, evaluated in float64; exact for powers of two.</summary>
internal readonly struct Log2Operator : IUnaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.InDouble(new LogarithmOfBase(1.4426950408889634, 2.0355273740931033e-17), x);
}

/// <summary>z = log₁₀ x, evaluated in float64; exact for powers of ten.</summary>
internal readonly struct Log10Operator : IUnaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.InDouble(new LogarithmOfBase(0.4342944819032518, 1.098319650216765e-17), x);
}

/// <summary>ln x · (high + low) in float64: the logarithm and the factor each as a sum of two numbers, so that whole results come out whole.</summary>
internal readonly struct LogarithmOfBase(double high, double low) : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var log = Power.Log<T, S, V>(x, out var rest);
        var factor = S.Constant(high);
        var product = S.Multiply(log, factor);
        rest = S.FusedMultiplyAdd(rest, factor, S.FusedMultiplyAdd(log, S.Constant(low), S.FusedMultiplyAdd(log, factor, S.Negate(product))));
        var result = S.Add(product, rest);
        result = S.Select(S.Equal(x, S.Zero), S.Constant(double.NegativeInfinity), result);
        result = S.Select(S.LessOrEqual(S.Zero, x), result, S.Constant(double.NaN));
        return S.Select(S.Equal(x, S.Constant(double.PositiveInfinity)), x, result);
    }
}

/// <summary>
/// z = ln(eˣ + eʸ) = max(x, y) + ln(1 + e^−|x − y|), evaluated in float64: it neither overflows nor, for float32, loses digits where the two terms cancel.
/// </summary>
internal readonly struct LogAddExpOperator : IBinaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(LogarithmOfSum), x, y);
}

/// <summary>The float64 body of <see cref="LogAddExpOperator"/>.</summary>
internal readonly struct LogarithmOfSum : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var greater = S.Maximum(x, y);
        // Two equal infinities differ by nothing, which their subtraction would not say.
        var difference = S.Select(S.Equal(x, y), S.Zero, S.Abs(S.Subtract(x, y)));
        return S.Add(greater, NaturalLogarithm.LogPlusOne<T, S, V>(Exponential.Exp<T, S, V>(S.Negate(difference))));
    }
}

/// <summary>z = x · ln y; 0 where x is 0, unless y is NaN.</summary>
internal readonly struct XLogYOperator : IBinaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.Select(S.And(S.Equal(x, S.Zero), S.Equal(y, y)), S.Zero, S.Multiply(x, NaturalLogarithm.Log<T, S, V>(y)));
}
