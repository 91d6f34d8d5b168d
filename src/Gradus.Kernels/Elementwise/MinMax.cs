using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = max(x, y); NaN if either is.</summary>
internal readonly struct MaximumOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Maximum(x, y);
}

/// <summary>z = min(x, y); NaN if either is.</summary>
internal readonly struct MinimumOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Minimum(x, y);
}

/// <summary>z = min(max(x, minimum), maximum); NaN stays NaN. If the bounds cross, the upper one wins, as in PyTorch.</summary>
internal readonly struct ClampOperator<TValue>(TValue minimum, TValue maximum) : IUnaryOperator where TValue : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var low = S.Create(minimum);
        var high = S.Create(maximum);
        x = S.Select(S.Less(x, low), low, x);
        return S.Select(S.Less(high, x), high, x);
    }
}

/// <summary>z = max(x, 0); NaN stays NaN. One comparison and one select, which is less than the full maximum with its rule for zeros.</summary>
internal readonly struct ReluOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Select(S.Less(x, S.Zero), S.Zero, x);
}
