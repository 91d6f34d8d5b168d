using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>RMSprop: v ← α·v + (1 − α)·g²; p ← p − learningRate · g / (√v + ε).</summary>
internal readonly struct RmsPropUpdate(double learningRate, double alpha, double epsilon, double weightDecay) : IUpdate
{
    public static int States => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        first = Steps.Square<T, S, V>(first, g, alpha);
        parameter = Steps.Descend<T, S, V>(parameter, S.Divide(g, Steps.Deviation<T, S, V>(first, 1, epsilon)), learningRate);
    }
}

/// <summary>RMSprop with momentum, the second state: b ← momentum · b + g / (√v + ε); p ← p − learningRate · b.</summary>
internal readonly struct RmsPropMomentumUpdate(double learningRate, double alpha, double epsilon, double weightDecay, double momentum) : IUpdate
{
    public static int States => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        first = Steps.Square<T, S, V>(first, g, alpha);
        second = S.FusedMultiplyAdd(S.Constant(momentum), second, S.Divide(g, Steps.Deviation<T, S, V>(first, 1, epsilon)));
        parameter = Steps.Descend<T, S, V>(parameter, second, learningRate);
    }
}

/// <summary>Centered RMSprop: the square of the gradient's running mean, the third state, is taken from v.</summary>
internal readonly struct RmsPropCenteredUpdate(double learningRate, double alpha, double epsilon, double weightDecay, double momentum) : IUpdate
{
    public static int States => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        first = Steps.Square<T, S, V>(first, g, alpha);
        third = Steps.Mean<T, S, V>(third, g, alpha);
        // Never below zero: rounding may leave the mean's square above the squares' mean.
        var variance = S.Maximum(S.Subtract(first, S.Multiply(third, third)), S.Zero);
        second = S.FusedMultiplyAdd(S.Constant(momentum), second, S.Divide(g, Steps.Deviation<T, S, V>(variance, 1, epsilon)));
        parameter = Steps.Descend<T, S, V>(parameter, second, learningRate);
    }
}
