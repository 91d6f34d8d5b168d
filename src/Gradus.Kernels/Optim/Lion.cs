using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Lion: p ← p·(1 − learningRate · weightDecay) − learningRate · sign(β₁·m + (1 − β₁)·g); m ← m + (1 − β₂)(g − m).</summary>
internal readonly struct LionUpdate(double learningRate, double beta1, double beta2, double weightDecay) : IUpdate
{
    public static int States => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var step = Steps.Sign<T, S, V>(Steps.Mean<T, S, V>(first, gradient, beta1));
        parameter = Steps.Descend<T, S, V>(Steps.Shrunk<T, S, V>(parameter, learningRate * weightDecay), step, learningRate);
        first = Steps.Mean<T, S, V>(first, gradient, beta2);
    }
}
