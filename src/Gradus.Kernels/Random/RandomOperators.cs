using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The bits of a random word as a uniform number in [0, 1): its 24 (float) or 53 (double) high bits, times 2⁻²⁴ or 2⁻⁵³.</summary>
internal readonly struct UniformOperator : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        // Both halves of the integer become floating numbers by setting them into the mantissa of 2²³ (2⁵²): exact everywhere.
        if (typeof(T) == typeof(float))
        {
            var exponent = S.ConstantBits(0x4B000000);
            var high = S.Subtract(S.Or(S.ShiftRightBits(x, 20), exponent), S.Constant(8388608));
            var low = S.Subtract(S.Or(S.And(S.ShiftRightBits(x, 8), S.ConstantBits(0xFFF)), exponent), S.Constant(8388608));
            return S.Multiply(S.FusedMultiplyAdd(high, S.Constant(4096), low), S.Constant(5.9604644775390625e-08));
        }
        else
        {
            var exponent = S.ConstantBits(0x4330000000000000);
            var high = S.Subtract(S.Or(S.ShiftRightBits(x, 43), exponent), S.Constant(4503599627370496));
            var low = S.Subtract(S.Or(S.And(S.ShiftRightBits(x, 11), S.ConstantBits(0xFFFFFFFF)), exponent), S.Constant(4503599627370496));
            return S.Multiply(S.FusedMultiplyAdd(high, S.Constant(4294967296), low), S.Constant(1.1102230246251565e-16));
        }
    }
}

/// <summary>√(−2·ln(1 − …)) of Box and Muller: the radius from a uniform number, moved from [0, 1) to (0, 1] so that the logarithm exists.</summary>
internal readonly struct RadiusOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var positive = S.Add(x, S.Constant(typeof(T) == typeof(float) ? 5.9604644775390625e-08 : 1.1102230246251565e-16));
        return S.Sqrt(S.Multiply(NaturalLogarithm.Log<T, S, V>(positive), S.Constant(-2)));
    }
}

/// <summary>sin(2π·x + quarters·π/2) for x in [0, 1).</summary>
internal readonly struct TurnOperator(int quarters) : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(new Turn(quarters), x);
}

/// <summary>The float64 body of <see cref="TurnOperator"/>: the quarter turns are taken out exactly.</summary>
internal readonly struct Turn(int quarters) : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var four = S.Multiply(x, S.Constant(4));
        var n = S.Round(four);
        var quadrant = S.AddBits(S.Add(n, S.Constant(6755399441055744.0)), S.ConstantBits(quarters));
        return Wave.Quadrant<T, S, V>(S.Multiply(S.Subtract(four, n), S.Constant(1.5707963267948966)), quadrant);
    }
}

/// <summary>z = value where x &lt; keep, else 0.</summary>
internal readonly struct KeepOperator<TValue>(TValue keep, TValue value) : IUnaryOperator where TValue : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.And(S.Less(x, S.Create(keep)), S.Create(value));
}
