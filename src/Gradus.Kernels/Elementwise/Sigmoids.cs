using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = 1 / (1 + e^−x), from e^−|x| so that neither end overflows or loses its small values.</summary>
internal readonly struct SigmoidOperator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var one = S.Constant(1);
        var e = Exponential.Exp<T, S, V>(S.Negate(S.Abs(x)));
        return S.Divide(S.Select(S.Less(x, S.Zero), e, one), S.Add(e, one));
    }
}

/// <summary>z = tanh x.</summary>
internal readonly struct TanhOperator : IUnaryOperator
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var magnitude = S.Abs(x);
        var sign = S.Xor(x, magnitude);
        if (typeof(T) == typeof(float))
        {
            // Below 0.625 the odd polynomial x + x³·P(x²), relative error 2⁻³²; above, 1 − 2/(e²ˣ + 1) loses nothing.
            var one = S.Constant(1);
            var e = Exponential.Exp<T, S, V>(S.Add(magnitude, magnitude));
            var large = S.Subtract(one, S.Divide(S.Constant(2), S.Add(e, one)));
            var z = S.Multiply(magnitude, magnitude);
            var p = S.FusedMultiplyAdd(S.Constant(0.002144182035967888), z, S.Constant(-0.008179132382511741));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.021701587667908254));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.05394696268434265));
            p = S.FusedMultiplyAdd(p, z, S.Constant(0.13333207937307334));
            p = S.FusedMultiplyAdd(p, z, S.Constant(-0.33333330862308846));
            var small = S.FusedMultiplyAdd(S.Multiply(z, magnitude), p, magnitude);
            return S.Or(S.Select(S.Less(magnitude, S.Constant(0.625)), small, large), sign);
        }

        var t = Exponential.ExpMinusOne<T, S, V>(S.Multiply(magnitude, S.Constant(-2)));
        return S.Or(S.Abs(S.Divide(t, S.Add(t, S.Constant(2)))), sign);
    }
}
