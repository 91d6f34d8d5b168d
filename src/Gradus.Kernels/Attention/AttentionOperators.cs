using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Σ e^((x − max)·scale), which take the place of x.</summary>
internal readonly unsafe struct ExpScaledTerms<T>(T* x, T max, T scale) : ILaneTerms<T> where T : unmanaged
{
    public static bool HasSecond => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S, V>(nint j, ref V first, ref V second) where S : ISimd<T, V> where V : struct
    {
        var e = Exponential.Exp<T, S, V>(S.Multiply(S.Subtract(S.Load(x + j), S.Create(max)), S.Create(scale)));
        S.Store(e, x + j);
        first = S.Add(first, e);
    }
}

/// <summary>Σ x·y.</summary>
internal readonly unsafe struct ProductTerms<T>(T* x, T* y) : ILaneTerms<T> where T : unmanaged
{
    public static bool HasSecond => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<S, V>(nint j, ref V first, ref V second) where S : ISimd<T, V> where V : struct =>
        first = S.FusedMultiplyAdd(S.Load(x + j), S.Load(y + j), first);
}

/// <summary>z = x·scale + y, and −∞ where y is −∞: what is masked is masked, whatever its score.</summary>
internal readonly struct ScaleAddOperator<TValue>(TValue scale) : IBinaryOperator where TValue : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.Select(S.Equal(y, S.Constant(double.NegativeInfinity)), y, S.FusedMultiplyAdd(x, S.Create(scale), y));
}

/// <summary>z = e^(x·scale − shift).</summary>
internal readonly struct ExpScaledOperator<TValue>(TValue scale, TValue shift) : IUnaryOperator where TValue : unmanaged
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        Exponential.Exp<T, S, V>(S.FusedMultiplyAdd(x, S.Create(scale), S.Negate(S.Create(shift))));
}

/// <summary>z = p·(dp − mean)·scale: through a softmax and the scale of its scores. 0 where p is 0, whatever the value there is.</summary>
internal readonly struct ScoreGradientOperator<TValue>(TValue mean, TValue scale) : IBinaryOperator where TValue : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V p, V dp) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        Chain.ZeroWhere<T, S, V>(p, S.Multiply(S.Multiply(p, S.Subtract(dp, S.Create(mean))), S.Create(scale)));
}

/// <summary>z = x / divisor.</summary>
internal readonly struct QuotientOperator<TValue>(TValue divisor) : IUnaryOperator where TValue : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Divide(x, S.Create(divisor));
}
