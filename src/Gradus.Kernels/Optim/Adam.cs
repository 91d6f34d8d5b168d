using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Adam: m ← m + (1 − β₁)(g − m); v ← β₂·v + (1 − β₂)·g²; p ← p − learningRate / c₁ · m / (√v / √c₂ + ε), with cₖ = 1 − βₖᵗ.</summary>
/// <remarks>
/// Weight decay as a part of the gradient (Adam) or, when <paramref name="decoupled"/>, as a factor of the parameter before the step (AdamW):
/// p ← p·(1 − learningRate · weightDecay).
/// </remarks>
internal readonly struct AdamUpdate<T>(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled, double biasCorrection1, double biasCorrection2) : IUpdate<T>
    where T : unmanaged
{
    private readonly double _step = learningRate / biasCorrection1;
    private readonly double _rootOfCorrection2 = Math.Sqrt(biasCorrection2);

    public static int States => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<S, V>(V gradient, ref V parameter, ref V first, ref V second) where S : ISimd<T, V> where V : struct
    {
        var g = decoupled || weightDecay == 0 ? gradient : S.FusedMultiplyAdd(S.Constant(weightDecay), parameter, gradient);
        if (decoupled) parameter = S.Multiply(parameter, S.Constant(1 - (learningRate * weightDecay)));
        first = S.FusedMultiplyAdd(S.Constant(1 - beta1), S.Subtract(g, first), first);
        second = S.FusedMultiplyAdd(S.Constant(1 - beta2), S.Multiply(g, g), S.Multiply(S.Constant(beta2), second));
        var denominator = S.Add(S.Divide(S.Sqrt(second), S.Constant(_rootOfCorrection2)), S.Constant(epsilon));
        parameter = S.FusedMultiplyAdd(S.Constant(-_step), S.Divide(first, denominator), parameter);
    }
}
