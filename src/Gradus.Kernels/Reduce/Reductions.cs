using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>How two partial results of a reduction become one. Commutative; the order of combining is fixed elsewhere (<see cref="Reduce"/>).</summary>
internal interface IReduction
{
    /// <summary>What leaves any other value as it is, and the result of an empty reduction.</summary>
    static abstract T Identity<T>() where T : unmanaged;

    /// <summary>The one body, for every element type and every vector width.</summary>
    static abstract V Combine<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct;
}

/// <summary>Σ.</summary>
internal readonly struct SumReduction : IReduction
{
    public static T Identity<T>() where T : unmanaged => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Add(x, y);
}

/// <summary>Π.</summary>
internal readonly struct ProdReduction : IReduction
{
    public static T Identity<T>() where T : unmanaged => Scalar<T>.Constant(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Multiply(x, y);
}

/// <summary>The greatest; NaN wins.</summary>
internal readonly struct MaxReduction : IReduction
{
    public static T Identity<T>() where T : unmanaged => Limits.Lowest<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Maximum(x, y);
}

/// <summary>The least; NaN wins.</summary>
internal readonly struct MinReduction : IReduction
{
    public static T Identity<T>() where T : unmanaged => Limits.Highest<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Minimum(x, y);
}

/// <summary>1 if any byte is 1.</summary>
internal readonly struct AnyReduction : IReduction
{
    public static T Identity<T>() where T : unmanaged => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Or(x, y);
}

/// <summary>1 if all bytes are 1.</summary>
internal readonly struct AllReduction : IReduction
{
    public static T Identity<T>() where T : unmanaged => Scalar<T>.Constant(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.And(x, y);
}

/// <summary>A reduction's combining step as an elementwise operator, for whole rows of partial results.</summary>
internal readonly struct CombineOperator<TReduction> : IBinaryOperator where TReduction : struct, IReduction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => TReduction.Combine<T, S, V>(x, y);
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
