using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = 1 − x on bytes 0 and 1.</summary>
internal readonly struct LogicalNotOperator : IUnaryOperator<byte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<byte, V> where V : struct => S.Xor(x, S.Constant(1));
}

/// <summary>z = x ∧ y on bytes 0 and 1.</summary>
internal readonly struct LogicalAndOperator : IBinaryOperator<byte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<byte, V> where V : struct => S.And(x, y);
}

/// <summary>z = x ∨ y on bytes 0 and 1.</summary>
internal readonly struct LogicalOrOperator : IBinaryOperator<byte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<byte, V> where V : struct => S.Or(x, y);
}

/// <summary>z = x ≠ y on bytes 0 and 1.</summary>
internal readonly struct LogicalXorOperator : IBinaryOperator<byte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<byte, V> where V : struct => S.Xor(x, y);
}
