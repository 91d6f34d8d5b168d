using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>
/// z = xʸ, evaluated in float64. Signs, zeros, infinities and NaN as the IEEE power: a negative x needs an integral y, x⁰ = 1 and 1ʸ = 1 always.
/// </summary>
internal readonly struct PowOperator : IBinaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(Power), x, y);
}

/// <summary>xʸ = e^(y·ln x) in float64, the logarithm carried as a sum of two numbers: y·ln x reaches 745, so its low bits would be lost otherwise.</summary>
internal readonly struct Power : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var one = S.Constant(1);
        var infinity = S.Constant(double.PositiveInfinity);
        var magnitude = S.Abs(x);
        var high = Log<T, S, V>(magnitude, out var low);
        var edge = S.Or(S.Equal(magnitude, S.Zero), S.Equal(magnitude, infinity));
        high = S.Select(S.Equal(magnitude, S.Zero), S.Constant(double.NegativeInfinity), S.Select(S.Equal(magnitude, infinity), infinity, high));

        var product = S.Multiply(y, high);
        var rest = S.FusedMultiplyAdd(y, low, S.FusedMultiplyAdd(y, high, S.Negate(product)));
        rest = S.Select(S.Less(S.Abs(product), S.Constant(1000)), rest, S.Zero);
        rest = S.Select(edge, S.Zero, rest);
        var result = Exponential.ExpOfSum<T, S, V>(product, rest);

        var whole = S.Equal(S.Floor(y), y);
        var halfY = S.Multiply(y, S.Constant(0.5));
        var odd = S.And(whole, S.Not(S.Equal(S.Floor(halfY), halfY)));
        var signBit = S.ConstantBits(long.MinValue);
        result = S.Xor(result, S.And(S.And(odd, x), signBit));
        var invalid = S.And(S.And(S.Less(x, S.Zero), S.Not(whole)), S.Less(magnitude, infinity));
        // The logarithm takes NaN apart like any number, so NaN is put back here.
        invalid = S.Or(invalid, S.Not(S.And(S.Equal(x, x), S.Equal(y, y))));
        result = S.Select(invalid, S.Constant(double.NaN), result);
        var unit = S.Or(S.Or(S.Equal(y, S.Zero), S.Equal(x, one)), S.And(S.Equal(magnitude, one), S.Equal(S.Abs(y), infinity)));
        return S.Select(unit, one, result);
    }

    /// <summary>ln x as high + low, relative error about 2⁻⁶⁸, for positive finite x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<T, S, V>(V x, out V low) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var small = S.Less(x, S.Constant(2.2250738585072014e-308));
        var e = NaturalLogarithm.Split<T, S, V>(S.Select(small, S.Multiply(x, S.Constant(18014398509481984.0)), x), out var m);
        e = S.Subtract(e, S.And(small, S.Constant(54)));

        // s = f / (2 + f) with the remainders of the sum and of the quotient.
        var f = S.Subtract(m, S.Constant(1));
        var d = S.Add(f, S.Constant(2));
        var dLow = S.Subtract(f, S.Subtract(d, S.Constant(2)));
        var s = S.Divide(f, d);
        var sLow = S.Divide(S.FusedMultiplyAdd(S.Negate(s), dLow, S.FusedMultiplyAdd(S.Negate(s), d, f)), d);

        // ln m = 2s + s·(⅔s² + ⅖s⁴ + …): the first term of the bracket in two parts, the others are below 10⁻³ of it.
        var z = S.Multiply(s, s);
        var zLow = S.FusedMultiplyAdd(S.Add(s, s), sLow, S.FusedMultiplyAdd(s, s, S.Negate(z)));
        var tail = S.Constant(2.0 / 27);
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 25));
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 23));
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 21));
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 19));
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 17));
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 15));
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 13));
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 11));
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 9));
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 7));
        tail = S.FusedMultiplyAdd(tail, z, S.Constant(2.0 / 5));
        var third = S.Constant(2.0 / 3);
        var p = S.Multiply(z, third);
        var pLow = S.FusedMultiplyAdd(z, third, S.Negate(p));
        pLow = S.FusedMultiplyAdd(z, S.Constant(3.7007434154171886e-17), pLow);
        pLow = S.FusedMultiplyAdd(zLow, third, pLow);
        pLow = S.FusedMultiplyAdd(S.Multiply(z, z), tail, pLow);
        var u = S.Multiply(s, p);
        var uLow = S.FusedMultiplyAdd(s, pLow, S.FusedMultiplyAdd(sLow, p, S.FusedMultiplyAdd(s, p, S.Negate(u))));

        var twice = S.Add(s, s);
        var log = S.Add(twice, u);
        low = S.Add(S.Add(S.Subtract(u, S.Subtract(log, twice)), uLow), S.Add(sLow, sLow));

        // e·ln 2 is exact in its high part, and either 0 or larger than ln m.
        var whole = S.Multiply(e, S.Constant(6.93147180369123816490e-01));
        var high = S.Add(whole, log);
        var lost = S.Select(S.Equal(e, S.Zero), S.Zero, S.Subtract(log, S.Subtract(high, whole)));
        low = S.FusedMultiplyAdd(e, S.Constant(1.90821492927058770002e-10), S.Add(lost, low));
        return high;
    }
}
