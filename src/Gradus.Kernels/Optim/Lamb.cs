using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>LAMB's direction, left in the third state: r = (m / c₁) / (√(v / c₂) + ε) + weightDecay · p, with Adam's moments. The parameter stays.</summary>
internal readonly struct LambDirectionUpdate(
    double beta1, double beta2, double epsilon, double weightDecay, double biasCorrection1, double biasCorrection2) : IUpdate
{
    private readonly double _rootOfCorrection2 = Math.Sqrt(biasCorrection2);

    public static int States => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        first = Steps.Mean<T, S, V>(first, gradient, beta1);
        second = Steps.Square<T, S, V>(second, gradient, beta2);
        third = S.Divide(S.Divide(first, S.Constant(biasCorrection1)), Steps.Deviation<T, S, V>(second, _rootOfCorrection2, epsilon));
        third = Steps.Decayed<T, S, V>(third, parameter, weightDecay);
    }
}
