using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = (x = y).</summary>
internal readonly struct EqualOperator : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Equal(x, y);
}

/// <summary>z = (x ≠ y); true for NaN.</summary>
internal readonly struct NotEqualOperator : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Not(S.Equal(x, y));
}

/// <summary>z = (x &lt; y).</summary>
internal readonly struct LessOperator : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Less(x, y);
}

/// <summary>z = (x ≤ y).</summary>
internal readonly struct LessOrEqualOperator : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.LessOrEqual(x, y);
}

/// <summary>z = (x &gt; y).</summary>
internal readonly struct GreaterOperator : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Less(y, x);
}

/// <summary>z = (x ≥ y).</summary>
internal readonly struct GreaterOrEqualOperator : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.LessOrEqual(y, x);
}
