using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>How two partial results of a reduction become one. Commutative; the order of combining is fixed elsewhere (<see cref="Reduce"/>).</summary>
internal interface IReduction<T> where T : unmanaged
{
    /// <summary>What leaves any other value as it is, and the result of an empty reduction.</summary>
    static abstract T Identity { get; }

    /// <summary>The one body, for every vector width.</summary>
    static abstract V Combine<S, V>(V x, V y) where S : ISimd<T, V> where V : struct;
}

/// <summary>Σ.</summary>
internal readonly struct SumReduction<T> : IReduction<T> where T : unmanaged
{
    public static T Identity => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Add(x, y);
}

/// <summary>Π.</summary>
internal readonly struct ProdReduction<T> : IReduction<T> where T : unmanaged
{
    public static T Identity => Scalar<T>.Constant(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Multiply(x, y);
}

/// <summary>The greatest; NaN wins.</summary>
internal readonly struct MaxReduction<T> : IReduction<T> where T : unmanaged
{
    public static T Identity => Limits.Lowest<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Maximum(x, y);
}

/// <summary>The least; NaN wins.</summary>
internal readonly struct MinReduction<T> : IReduction<T> where T : unmanaged
{
    public static T Identity => Limits.Highest<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Minimum(x, y);
}

/// <summary>1 if any byte is 1.</summary>
internal readonly struct AnyReduction : IReduction<byte>
{
    public static byte Identity => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<S, V>(V x, V y) where S : ISimd<byte, V> where V : struct => S.Or(x, y);
}

/// <summary>1 if all bytes are 1.</summary>
internal readonly struct AllReduction : IReduction<byte>
{
    public static byte Identity => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<S, V>(V x, V y) where S : ISimd<byte, V> where V : struct => S.And(x, y);
}

/// <summary>A reduction's combining step as an elementwise operator, for whole rows of partial results.</summary>
internal readonly struct CombineOperator<T, TReduction> : IBinaryOperator<T> where T : unmanaged where TReduction : struct, IReduction<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => TReduction.Combine<S, V>(x, y);
}

/// <summary>The ends of a type's range.</summary>
internal static class Limits
{
    /// <summary>−∞ or the smallest integer.</summary>
    public static T Lowest<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(float.NegativeInfinity)
        : typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(double.NegativeInfinity)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>(int.MinValue)
        : typeof(T) == typeof(long) ? Unsafe.BitCast<long, T>(long.MinValue)
        : default;

    /// <summary>+∞ or the greatest integer.</summary>
    public static T Highest<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(float.PositiveInfinity)
        : typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(double.PositiveInfinity)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>(int.MaxValue)
        : typeof(T) == typeof(long) ? Unsafe.BitCast<long, T>(long.MaxValue)
        : Unsafe.BitCast<byte, T>(byte.MaxValue);
}
