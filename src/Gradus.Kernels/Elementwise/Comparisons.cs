using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = (x = y).</summary>
internal readonly struct EqualOperator<T> : IComparison<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Equal(x, y);
}

/// <summary>z = (x ≠ y); true for NaN.</summary>
internal readonly struct NotEqualOperator<T> : IComparison<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Not(S.Equal(x, y));
}

/// <summary>z = (x &lt; y).</summary>
internal readonly struct LessOperator<T> : IComparison<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Less(x, y);
}

/// <summary>z = (x ≤ y).</summary>
internal readonly struct LessOrEqualOperator<T> : IComparison<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.LessOrEqual(x, y);
}

/// <summary>z = (x &gt; y).</summary>
internal readonly struct GreaterOperator<T> : IComparison<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Less(y, x);
}

/// <summary>z = (x ≥ y).</summary>
internal readonly struct GreaterOrEqualOperator<T> : IComparison<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.LessOrEqual(y, x);
}
