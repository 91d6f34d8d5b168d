using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Adam: m ← m + (1 − β₁)(g − m); v ← β₂·v + (1 − β₂)·g²; p ← p − learningRate / c₁ · m / (√v / √c₂ + ε), with cₖ = 1 − βₖᵗ.</summary>
/// <remarks>
/// Weight decay as a part of the gradient (Adam) or, when <paramref name="decoupled"/>, as a factor of the parameter before the step (AdamW):
/// p ← p·(1 − learningRate · weightDecay).
/// </remarks>
internal readonly struct AdamUpdate(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled,
    double biasCorrection1, double biasCorrection2) : IUpdate
{
    private readonly double _step = learningRate / biasCorrection1;
    private readonly double _rootOfCorrection2 = Math.Sqrt(biasCorrection2);

    public static int States => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = decoupled ? gradient : Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        if (decoupled) parameter = Steps.Shrunk<T, S, V>(parameter, learningRate * weightDecay);
        first = Steps.Mean<T, S, V>(first, g, beta1);
        second = Steps.Square<T, S, V>(second, g, beta2);
        parameter = Steps.Descend<T, S, V>(parameter, S.Divide(first, Steps.Deviation<T, S, V>(second, _rootOfCorrection2, epsilon)), _step);
    }
}

/// <summary>AMSGrad: Adam with the greatest v so far, the third state, in the denominator.</summary>
/// <inheritdoc cref="AdamUpdate"/>
internal readonly struct AmsGradUpdate(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled,
    double biasCorrection1, double biasCorrection2) : IUpdate
{
    private readonly double _step = learningRate / biasCorrection1;
    private readonly double _rootOfCorrection2 = Math.Sqrt(biasCorrection2);

    public static int States => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = decoupled ? gradient : Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        if (decoupled) parameter = Steps.Shrunk<T, S, V>(parameter, learningRate * weightDecay);
        first = Steps.Mean<T, S, V>(first, g, beta1);
        second = Steps.Square<T, S, V>(second, g, beta2);
        third = S.Maximum(third, second);
        parameter = Steps.Descend<T, S, V>(parameter, S.Divide(first, Steps.Deviation<T, S, V>(third, _rootOfCorrection2, epsilon)), _step);
    }
}
