using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Adadelta: v ← ρ·v + (1 − ρ)·g²; d = √(u + ε) / √(v + ε) · g; u ← ρ·u + (1 − ρ)·d²; p ← p − learningRate · d.</summary>
internal readonly struct AdadeltaUpdate(double learningRate, double rho, double epsilon, double weightDecay) : IUpdate
{
    public static int States => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        first = Steps.Square<T, S, V>(first, g, rho);
        var step = S.Multiply(S.Divide(S.Sqrt(S.Add(second, S.Constant(epsilon))), S.Sqrt(S.Add(first, S.Constant(epsilon)))), g);
        second = Steps.Square<T, S, V>(second, step, rho);
        parameter = Steps.Descend<T, S, V>(parameter, step, learningRate);
    }
}
