using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>
/// z = x − y·⌊x/y⌋: the remainder with the sign of the divisor, as Python has it; exact for every quotient. An integer divisor of 0 must not occur.
/// </summary>
internal readonly struct RemainderOperator : IBinaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double)) return S.InDouble(new FloatRemainder(true), x, y);
        var rest = FmodOperator.OfIntegers<T, S, V>(x, y);
        var otherSign = S.Xor(S.Less(rest, S.Zero), S.Less(y, S.Zero));
        return S.Add(rest, S.And(y, S.And(otherSign, S.Not(S.Equal(rest, S.Zero)))));
    }
}

/// <summary>
/// z = x − y·trunc(x/y): the remainder with the sign of the dividend, as C has it; exact for every quotient. An integer divisor of 0 must not occur.
/// </summary>
internal readonly struct FmodOperator : IBinaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        typeof(T) == typeof(float) || typeof(T) == typeof(double) ? S.InDouble(new FloatRemainder(false), x, y) : OfIntegers<T, S, V>(x, y);

    /// <summary>x − y·(x/y). Dividing by −1 leaves nothing, but overflows for the smallest integer: the divisor is then 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfIntegers<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var one = S.Constant(1);
        y = S.Select(S.Equal(y, S.Negate(one)), one, y);
        return S.Subtract(x, S.Multiply(S.Divide(x, y), y));
    }
}

/// <summary>The float64 body of both remainders.</summary>
/// <remarks>
/// r − y·q for the whole number q nearest to r/y from 53 bits is exact under fused multiply-add, and at least 51 bits shorter; it is repeated until |r| &lt;
/// |y|.
/// </remarks>
internal readonly struct FloatRemainder(bool signOfDivisor) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var infinity = S.Constant(double.PositiveInfinity);
        var divisor = S.Abs(y);
        var valid = S.And(S.Less(S.Abs(x), infinity), S.And(S.Less(S.Zero, divisor), S.LessOrEqual(divisor, infinity)));
        var size = S.Abs(x);
        var open = S.And(valid, S.LessOrEqual(divisor, size));
        var rest = S.Select(open, size, S.Zero);
        var unit = S.Select(open, divisor, S.Constant(1));
        while (S.Any(S.LessOrEqual(unit, S.Abs(rest))))
        {
            // The divisor, or a multiple of it by 2⁵⁰⁰, 2¹⁰⁰⁰ or 2¹⁵⁰⁰ that the rest still holds: the quotient then stays finite.
            var step = unit;
            for (var power = 0; power < 3; power++)
            {
                var larger = S.Multiply(step, S.Constant(3.273390607896142e150));
                step = S.Select(S.LessOrEqual(larger, S.Abs(rest)), larger, step);
            }

            var quotient = S.Truncate(S.Divide(rest, step));
            rest = S.FusedMultiplyAdd(S.Negate(quotient), step, rest);
        }

        // A quotient that was rounded up has left a negative remainder.
        rest = S.Add(rest, S.And(S.Less(rest, S.Zero), unit));
        rest = S.Select(open, rest, size);
        var sign = S.And(x, S.ConstantBits(long.MinValue));
        var result = S.Or(S.Abs(rest), sign);
        if (signOfDivisor)
        {
            var otherSign = S.ShiftRightArithmeticBits(S.Xor(x, y), 63);
            var shifted = S.Add(result, S.And(y, otherSign));
            result = S.Select(S.Equal(rest, S.Zero), S.And(y, S.ConstantBits(long.MinValue)), shifted);
        }

        return S.Select(valid, result, S.Constant(double.NaN));
    }
}
