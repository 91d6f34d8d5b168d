using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>p ← factor·p.</summary>
internal readonly struct ScaleUpdate(double factor) : IUpdate
{
    public static int States => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third)
        where T : unmanaged where S : ISimd<T, V> where V : struct =>
        parameter = S.Multiply(parameter, S.Constant(factor));
}

/// <summary>p ← min(max(p, −bound), bound).</summary>
internal readonly struct ClampUpdate(double bound) : IUpdate
{
    public static int States => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third)
        where T : unmanaged where S : ISimd<T, V> where V : struct =>
        parameter = S.Minimum(S.Maximum(parameter, S.Constant(-bound)), S.Constant(bound));
}

/// <summary>Exchanges p and its first state.</summary>
internal readonly struct SwapUpdate : IUpdate
{
    public static int States => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third)
        where T : unmanaged where S : ISimd<T, V> where V : struct =>
        (parameter, first) = (first, parameter);
}
