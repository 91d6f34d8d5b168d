using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Adagrad: s ← s + g²; p ← p − learningRate · g / (√s + ε).</summary>
internal readonly struct AdagradUpdate(double learningRate, double epsilon, double weightDecay) : IUpdate
{
    public static int States => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        first = Steps.Finite<T, S, V>(S.FusedMultiplyAdd(g, g, first));
        parameter = Steps.Descend<T, S, V>(parameter, S.Divide(g, Steps.Deviation<T, S, V>(first, 1, epsilon)), learningRate);
    }
}
