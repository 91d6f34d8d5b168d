using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>RAdam: moments as Adam's; p ← p − step · m / (√v + ε), or, while the variance is not yet known (not adaptive), p ← p − step · m.</summary>
internal readonly struct RAdamUpdate(double step, bool adaptive, double beta1, double beta2, double epsilon, double weightDecay, double shrink) : IUpdate
{
    public static int States => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        parameter = Steps.Shrunk<T, S, V>(parameter, shrink);
        first = Steps.Mean<T, S, V>(first, g, beta1);
        second = Steps.Square<T, S, V>(second, g, beta2);
        parameter = Steps.Descend<T, S, V>(parameter, adaptive ? S.Divide(first, Steps.Deviation<T, S, V>(second, 1, epsilon)) : first, step);
    }
}
