using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>NAdam: moments as Adam's; p ← p − (gradientRate · g + meanRate · m) / (√v / √c₂ + ε).</summary>
internal readonly struct NAdamUpdate(
    double gradientRate, double meanRate, double beta1, double beta2, double epsilon, double weightDecay, double shrink, double biasCorrection2) : IUpdate
{
    private readonly double _rootOfCorrection2 = Math.Sqrt(biasCorrection2);

    public static int States => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var g = Steps.Decayed<T, S, V>(gradient, parameter, weightDecay);
        parameter = Steps.Shrunk<T, S, V>(parameter, shrink);
        first = Steps.Mean<T, S, V>(first, g, beta1);
        second = Steps.Square<T, S, V>(second, g, beta2);
        var direction = S.FusedMultiplyAdd(S.Constant(meanRate), first, S.Multiply(S.Constant(gradientRate), g));
        parameter = S.Subtract(parameter, S.Divide(direction, Steps.Deviation<T, S, V>(second, _rootOfCorrection2, epsilon)));
    }
}
