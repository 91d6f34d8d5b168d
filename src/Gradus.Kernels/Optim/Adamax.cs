using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Adamax: m as Adam's; u ← max(β₂·u, |g| + ε); p ← p − step · m / u, the step being learningRate / (1 − β₁ᵗ).</summary>
internal readonly struct AdamaxUpdate(double step, double beta1, double beta2, double epsilon, double weightDecay) : IUpdate
{
    public static int States => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        first = Steps.Mean<T, S, V>(first, g, beta1);
        second = S.Maximum(S.Multiply(S.Constant(beta2), second), S.Add(S.Abs(g), S.Constant(epsilon)));
        parameter = Steps.Descend<T, S, V>(parameter, S.Divide(first, second), step);
    }
}
