using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>What several updates are made of.</summary>
internal static class Steps
{
    /// <summary>g + weightDecay·p; g itself, NaN and infinities of p notwithstanding, where there is no decay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Decayed<T, S, V>(V gradient, V parameter, double weightDecay) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        weightDecay == 0 ? gradient : S.FusedMultiplyAdd(S.Constant(weightDecay), parameter, gradient);

    /// <summary>p·(1 − rate·weightDecay).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Shrunk<T, S, V>(V parameter, double amount) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        amount == 0 ? parameter : S.Multiply(parameter, S.Constant(1 - amount));

    /// <summary>The running mean m + (1 − β)(x − m).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Mean<T, S, V>(V mean, V x, double beta) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.FusedMultiplyAdd(S.Constant(1 - beta), S.Subtract(x, mean), mean);

    /// <summary>The running mean of squares β·v + (1 − β)·x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Square<T, S, V>(V square, V x, double beta) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        Finite<T, S, V>(S.FusedMultiplyAdd(S.Constant(1 - beta), S.Multiply(x, x), S.Multiply(S.Constant(beta), square)));

    /// <summary>x, or the largest finite number below it: from ∞, as the square of one large gradient may be, no running mean comes back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Finite<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.Minimum(x, S.Constant(typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue));

    /// <summary>√v / root + ε.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Deviation<T, S, V>(V square, double root, double epsilon) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.Add(S.Divide(S.Sqrt(square), S.Constant(root)), S.Constant(epsilon));

    /// <summary>p − rate·step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Descend<T, S, V>(V parameter, V step, double rate) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.FusedMultiplyAdd(S.Constant(-rate), step, parameter);

    /// <summary>−1, 0 or 1; NaN gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct =>
        S.Select(S.Less(S.Zero, x), S.Constant(1), S.Select(S.Less(x, S.Zero), S.Constant(-1), S.Zero));
}
