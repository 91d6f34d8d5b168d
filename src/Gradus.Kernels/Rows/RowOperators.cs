using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>dx = out · (g − sum).</summary>
internal readonly struct SoftmaxBackwardOperator<T>(T sum) : IBinaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V gradient, V output) where S : ISimd<T, V> where V : struct => S.Multiply(output, S.Subtract(gradient, S.Create(sum)));
}

/// <summary>dx = g − e^out · sum.</summary>
internal readonly struct LogSoftmaxBackwardOperator<T>(T sum) : IBinaryOperator<T> where T : unmanaged
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V gradient, V output) where S : ISimd<T, V> where V : struct =>
        S.Subtract(gradient, S.Multiply(Exponential.Exp<T, S, V>(output), S.Create(sum)));
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
