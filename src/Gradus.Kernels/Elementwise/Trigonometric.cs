using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = sin x, evaluated in float64. For every finite x.</summary>
internal readonly struct SinOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(new Wave(0), x);
}

/// <summary>z = cos x, evaluated in float64. For every finite x.</summary>
internal readonly struct CosOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(new Wave(1), x);
}

/// <summary>z = tan x, evaluated in float64.</summary>
internal readonly struct TanOperator : IUnaryOperator
{
    public static int Cost => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(Tangent), x);
}

/// <summary>sin(x + quarters·π/2) in float64.</summary>
internal readonly struct Wave(int quarters) : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var r = Reduce<T, S, V>(x, out var quadrant);
        var result = Quadrant<T, S, V>(r, S.AddBits(quadrant, S.ConstantBits(quarters)));
        return quarters == 0 ? S.Select(S.Less(S.Abs(x), S.Constant(1e-9)), x, result) : result;
    }

    /// <summary>r with x = n·π/2 + r, |r| ≤ π/4; the low two bits of <paramref name="quadrant"/> are those of n.</summary>
    /// <remarks>
    /// π/2 in three parts (the first product is exact under fused multiply-add), which is right to the last digit up to 10⁹; beyond, with all digits that it
    /// takes.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce<T, S, V>(V x, out V quadrant) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var n = S.Round(S.Multiply(x, S.Constant(0.63661977236758134)));
        var r = S.FusedMultiplyAdd(n, S.Constant(-1.5707963267948966), x);
        r = S.FusedMultiplyAdd(n, S.Constant(-6.123233995736766e-17), r);
        r = S.FusedMultiplyAdd(n, S.Constant(1.4973849048591833e-33), r);
        var large = S.Less(S.Constant(1e9), S.Abs(x));
        if (S.Any(large))
        {
            var exact = LargeAngle.Reduce<T, S, V>(x, out var quarters);
            r = S.Select(large, exact, r);
            n = S.Select(large, quarters, n);
        }

        quadrant = S.Add(n, S.Constant(6755399441055744.0));
        return r;
    }

    /// <summary>sin(r + quadrant·π/2) for |r| ≤ π/4; the quadrant is the low two bits of its lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Quadrant<T, S, V>(V r, V quadrant) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var z = S.Multiply(r, r);
        var sine = S.FusedMultiplyAdd(S.Constant(-7.578625696892324e-13), z, S.Constant(1.6058365193681766e-10));
        sine = S.FusedMultiplyAdd(sine, z, S.Constant(-2.5052104900503932e-08));
        sine = S.FusedMultiplyAdd(sine, z, S.Constant(2.7557319214148507e-06));
        sine = S.FusedMultiplyAdd(sine, z, S.Constant(-0.00019841269841254988));
        sine = S.FusedMultiplyAdd(sine, z, S.Constant(0.008333333333333323));
        sine = S.FusedMultiplyAdd(sine, z, S.Constant(-0.16666666666666666));
        sine = S.FusedMultiplyAdd(S.Multiply(z, r), sine, r);
        var cosine = S.FusedMultiplyAdd(S.Constant(-1.1359445452011519e-11), z, S.Constant(2.0875719491903828e-09));
        cosine = S.FusedMultiplyAdd(cosine, z, S.Constant(-2.755731432549889e-07));
        cosine = S.FusedMultiplyAdd(cosine, z, S.Constant(2.4801587289392907e-05));
        cosine = S.FusedMultiplyAdd(cosine, z, S.Constant(-0.0013888888888873988));
        cosine = S.FusedMultiplyAdd(cosine, z, S.Constant(0.0416666666666666));
        cosine = S.FusedMultiplyAdd(S.Multiply(z, z), cosine, S.FusedMultiplyAdd(z, S.Constant(-0.5), S.Constant(1)));
        var odd = S.SubtractBits(S.Zero, S.And(quadrant, S.ConstantBits(1)));
        var sign = S.ShiftLeftBits(S.And(quadrant, S.ConstantBits(2)), 62);
        return S.Xor(S.Select(odd, cosine, sine), sign);
    }
}

/// <summary>tan x = sin x / cos x in float64.</summary>
internal readonly struct Tangent : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var r = Wave.Reduce<T, S, V>(x, out var quadrant);
        var sine = Wave.Quadrant<T, S, V>(r, quadrant);
        var cosine = Wave.Quadrant<T, S, V>(r, S.AddBits(quadrant, S.ConstantBits(1)));
        return S.Select(S.Less(S.Abs(x), S.Constant(1e-9)), x, S.Divide(sine, cosine));
    }
}
