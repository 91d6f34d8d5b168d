using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = x + y.</summary>
internal readonly struct AddOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Add(x, y);
}

/// <summary>z = x − y.</summary>
internal readonly struct SubtractOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Subtract(x, y);
}

/// <summary>z = x · y.</summary>
internal readonly struct MultiplyOperator : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Multiply(x, y);
}

/// <summary>z = x / y. Integers: rounded towards zero; dividing by zero throws.</summary>
internal readonly struct DivideOperator : IBinaryOperator
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Divide(x, y);
}

/// <summary>z = −x.</summary>
internal readonly struct NegateOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Negate(x);
}

/// <summary>z = |x|.</summary>
internal readonly struct AbsOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Abs(x);
}

/// <summary>z = √x.</summary>
internal readonly struct SqrtOperator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Sqrt(x);
}

/// <summary>z = x².</summary>
internal readonly struct SquareOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Multiply(x, x);
}

/// <summary>z = 1 / x.</summary>
internal readonly struct ReciprocalOperator : IUnaryOperator
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Divide(S.Constant(1), x);
}

/// <summary>z = −1, 0 or 1 by the sign of x; 0 for NaN, as PyTorch has it.</summary>
internal readonly struct SignOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Subtract(
        S.And(S.Less(S.Zero, x), S.Constant(1)),
        S.And(S.Less(x, S.Zero), S.Constant(1)));
}

/// <summary>z = the integer nearest to x, ties to even.</summary>
internal readonly struct RoundOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Round(x);
}

/// <summary>z = ⌊x⌋.</summary>
internal readonly struct FloorOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Floor(x);
}

/// <summary>z = ⌈x⌉.</summary>
internal readonly struct CeilingOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Ceiling(x);
}

/// <summary>z = x without its fraction.</summary>
internal readonly struct TruncateOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Truncate(x);
}

/// <summary>z = x · y + w, rounded once.</summary>
internal readonly struct MultiplyAddOperator : ITernaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y, V w) where T : unmanaged where S : ISimd<T, V> where V : struct => S.FusedMultiplyAdd(x, y, w);
}
