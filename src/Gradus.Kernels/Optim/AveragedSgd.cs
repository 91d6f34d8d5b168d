using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Averaged descent: p ← p·(1 − λ·rate) − rate · g; a ← a + share · (p − a).</summary>
internal readonly struct AveragedSgdUpdate(double rate, double lambda, double share, double weightDecay) : IUpdate
{
    public static int States => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        parameter = Steps.Descend<T, S, V>(Steps.Shrunk<T, S, V>(parameter, lambda * rate), g, rate);
        first = share == 1 ? parameter : Steps.Mean<T, S, V>(first, parameter, 1 - share);
    }
}
