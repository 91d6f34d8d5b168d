using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>A running mean: p ← (1 − share)·p + share·factor·g, where factor·g counts as the largest number of its type if it is above.</summary>
internal readonly struct RunningUpdate(double share, double factor) : IUpdate
{
    public static int States => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third)
        where T : unmanaged where S : ISimd<T, V> where V : struct =>
        parameter = S.FusedMultiplyAdd(
            Steps.Finite<T, S, V>(S.Multiply(gradient, S.Constant(factor))), S.Constant(share), S.Multiply(parameter, S.Constant(1 - share)));
}
