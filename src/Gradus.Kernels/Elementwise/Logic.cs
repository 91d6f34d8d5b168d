using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = 1 − x on bytes 0 and 1.</summary>
internal readonly struct LogicalNotOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Xor(x, S.Constant(1));
}

/// <summary>z = x ∧ y on bytes 0 and 1.</summary>
internal readonly struct LogicalAndOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.And(x, y);
}

/// <summary>z = x ∨ y on bytes 0 and 1.</summary>
internal readonly struct LogicalOrOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Or(x, y);
}

/// <summary>z = x ≠ y on bytes 0 and 1.</summary>
internal readonly struct LogicalXorOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Xor(x, y);
}
