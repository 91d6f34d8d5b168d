using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = x + y.</summary>
internal readonly struct AddOperator<T> : IBinaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Add(x, y);
}

/// <summary>z = x − y.</summary>
internal readonly struct SubtractOperator<T> : IBinaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Subtract(x, y);
}

/// <summary>z = x · y.</summary>
internal readonly struct MultiplyOperator<T> : IBinaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Multiply(x, y);
}

/// <summary>z = x / y. Integers: rounded towards zero; dividing by zero throws.</summary>
internal readonly struct DivideOperator<T> : IBinaryOperator<T> where T : unmanaged
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.Divide(x, y);
}

/// <summary>z = −x.</summary>
internal readonly struct NegateOperator<T> : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Negate(x);
}

/// <summary>z = |x|.</summary>
internal readonly struct AbsOperator<T> : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Abs(x);
}

/// <summary>z = √x.</summary>
internal readonly struct SqrtOperator<T> : IUnaryOperator<T> where T : unmanaged
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Sqrt(x);
}

/// <summary>z = x².</summary>
internal readonly struct SquareOperator<T> : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Multiply(x, x);
}

/// <summary>z = 1 / x.</summary>
internal readonly struct ReciprocalOperator<T> : IUnaryOperator<T> where T : unmanaged
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Divide(S.Constant(1), x);
}

/// <summary>z = −1, 0 or 1 by the sign of x; 0 for NaN, as PyTorch has it.</summary>
internal readonly struct SignOperator<T> : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Subtract(
        S.And(S.Less(S.Zero, x), S.Constant(1)),
        S.And(S.Less(x, S.Zero), S.Constant(1)));
}

/// <summary>z = the integer nearest to x, ties to even.</summary>
internal readonly struct RoundOperator<T> : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Round(x);
}

/// <summary>z = ⌊x⌋.</summary>
internal readonly struct FloorOperator<T> : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Floor(x);
}

/// <summary>z = ⌈x⌉.</summary>
internal readonly struct CeilingOperator<T> : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Ceiling(x);
}

/// <summary>z = x without its fraction.</summary>
internal readonly struct TruncateOperator<T> : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Truncate(x);
}

/// <summary>z = x · y + w, rounded once.</summary>
internal readonly struct MultiplyAddOperator<T> : ITernaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x, V y, V w) where S : ISimd<T, V> where V : struct => S.FusedMultiplyAdd(x, y, w);
}
