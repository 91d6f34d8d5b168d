using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>dx = (g − sum) · out, and 0 where g is the sum.</summary>
internal readonly struct SoftmaxBackwardOperator<TValue>(TValue sum) : IBinaryOperator where TValue : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V output) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        Chain.Multiply<T, S, V>(S.Subtract(gradient, S.Create(sum)), output);
}

/// <summary>dx = g − e^out · sum, and g where the sum is 0.</summary>
internal readonly struct LogSoftmaxBackwardOperator<TValue>(TValue sum) : IBinaryOperator where TValue : unmanaged
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V gradient, V output) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.Subtract(gradient, Chain.ZeroWhere<T, S, V>(S.Create(sum), S.Multiply(Exponential.Exp<T, S, V>(output), S.Create(sum))));
}

/// <summary>z = (x − first) − second.</summary>
internal readonly struct ShiftTwiceOperator<TValue>(TValue first, TValue second) : IUnaryOperator where TValue : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Subtract(S.Subtract(x, S.Create(first)), S.Create(second));
}

/// <summary>z = x / divisor · factor.</summary>
internal readonly struct DivideMultiplyOperator<TValue>(TValue divisor, TValue factor) : IUnaryOperator where TValue : unmanaged
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Multiply(S.Divide(x, S.Create(divisor)), S.Create(factor));
}

/// <summary>z = yes where x is ∞, else no.</summary>
internal readonly struct WhereInfiniteOperator<TValue>(TValue yes, TValue no) : IUnaryOperator where TValue : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.Select(S.Equal(x, S.Constant(double.PositiveInfinity)), S.Create(yes), S.Create(no));
}
