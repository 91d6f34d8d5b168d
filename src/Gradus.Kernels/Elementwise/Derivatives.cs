using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>dx = g where out &gt; 0, else 0.</summary>
internal readonly struct ReluBackwardOperator<T> : IBinaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V gradient, V output) where S : ISimd<T, V> where V : struct => S.And(S.Less(S.Zero, output), gradient);
}

/// <summary>dx = g · out · (1 − out).</summary>
internal readonly struct SigmoidBackwardOperator<T> : IBinaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V gradient, V output) where S : ISimd<T, V> where V : struct => S.Multiply(S.Multiply(gradient, output), S.Subtract(S.Constant(1), output));
}

/// <summary>dx = g · (1 − out²).</summary>
internal readonly struct TanhBackwardOperator<T> : IBinaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V gradient, V output) where S : ISimd<T, V> where V : struct => S.Multiply(gradient, S.FusedMultiplyAdd(S.Negate(output), output, S.Constant(1)));
}
