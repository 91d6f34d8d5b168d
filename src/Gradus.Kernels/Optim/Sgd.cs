using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Plain gradient descent: p ← p − learningRate · (g + weightDecay · p).</summary>
internal readonly struct SgdUpdate<T>(double learningRate, double weightDecay) : IUpdate<T> where T : unmanaged
{
    public static int States => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<S, V>(V gradient, ref V parameter, ref V first, ref V second) where S : ISimd<T, V> where V : struct
    {
        var g = weightDecay == 0 ? gradient : S.FusedMultiplyAdd(S.Constant(weightDecay), parameter, gradient);
        parameter = S.FusedMultiplyAdd(S.Constant(-learningRate), g, parameter);
    }
}

/// <summary>Gradient descent with momentum: b ← momentum · b + (1 − dampening) · g, on the first step b ← g; p ← p − learningRate · b, or with Nesterov's g + momentum · b.</summary>
internal readonly struct MomentumUpdate<T>(double learningRate, double weightDecay, double momentum, double dampening, bool nesterov, bool firstStep) : IUpdate<T>
    where T : unmanaged
{
    public static int States => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<S, V>(V gradient, ref V parameter, ref V first, ref V second) where S : ISimd<T, V> where V : struct
    {
        var g = weightDecay == 0 ? gradient : S.FusedMultiplyAdd(S.Constant(weightDecay), parameter, gradient);
        first = firstStep ? g : S.FusedMultiplyAdd(S.Constant(momentum), first, S.Multiply(S.Constant(1 - dampening), g));
        var step = nesterov ? S.FusedMultiplyAdd(S.Constant(momentum), first, g) : first;
        parameter = S.FusedMultiplyAdd(S.Constant(-learningRate), step, parameter);
    }
}
