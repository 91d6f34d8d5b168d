using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>dx = (g − sum) · out, and 0 where g is the sum.</summary>
internal readonly struct SoftmaxBackwardOperator<T>(T sum) : IBinaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V gradient, V output) where S : ISimd<T, V> where V : struct =>
        Chain.Multiply<T, S, V>(S.Subtract(gradient, S.Create(sum)), output);
}

/// <summary>dx = g − e^out · sum, and g where the sum is 0.</summary>
internal readonly struct LogSoftmaxBackwardOperator<T>(T sum) : IBinaryOperator<T> where T : unmanaged
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V gradient, V output) where S : ISimd<T, V> where V : struct =>
        S.Subtract(gradient, Chain.ZeroWhere<T, S, V>(S.Create(sum), S.Multiply(Exponential.Exp<T, S, V>(output), S.Create(sum))));
}

/// <summary>z = (x − first) − second.</summary>
internal readonly struct ShiftTwiceOperator<T>(T first, T second) : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Subtract(S.Subtract(x, S.Create(first)), S.Create(second));
}

/// <summary>z = x / divisor · factor.</summary>
internal readonly struct DivideMultiplyOperator<T>(T divisor, T factor) : IUnaryOperator<T> where T : unmanaged
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Multiply(S.Divide(x, S.Create(divisor)), S.Create(factor));
}

/// <summary>z = yes where x is ∞, else no.</summary>
internal readonly struct WhereInfiniteOperator<T>(T yes, T no) : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Select(S.Equal(x, S.Constant(double.PositiveInfinity)), S.Create(yes), S.Create(no));
}
