using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Plain gradient descent: p ← p − learningRate · (g + weightDecay · p).</summary>
internal readonly struct SgdUpdate(double learningRate, double weightDecay) : IUpdate
{
    public static int States => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        parameter = Steps.Descend<T, S, V>(parameter, g, learningRate);
    }
}

/// <summary>
/// Gradient descent with momentum: b ← momentum · b + (1 − dampening) · g, on the first step b ← g; p ← p − learningRate · b, or with Nesterov's g + momentum ·
/// b.
/// </summary>
internal readonly struct MomentumUpdate(double learningRate, double weightDecay, double momentum, double dampening, bool nesterov, bool firstStep) : IUpdate
{
    public static int States => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        first = firstStep ? g : S.FusedMultiplyAdd(S.Constant(momentum), first, S.Multiply(S.Constant(1 - dampening), g));
        var step = nesterov ? S.FusedMultiplyAdd(S.Constant(momentum), first, g) : first;
        parameter = Steps.Descend<T, S, V>(parameter, step, learningRate);
    }
}
