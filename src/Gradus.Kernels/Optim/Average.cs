using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>A mean over many steps: p ← p + share·(g − p).</summary>
/// <remarks>
/// In float32, (1 − share)·p + share·g has weights that do not add up to 1: with a share of 10⁻⁴ the mean of equal numbers would end 3·10⁻⁴ of itself away from
/// them. A share of 1 is the number itself, whatever stood before.
/// </remarks>
internal readonly struct AverageUpdate(double share) : IUpdate
{
    public static int States => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third)
        where T : unmanaged where S : ISimd<T, V> where V : struct =>
        parameter = share == 1 ? gradient : S.FusedMultiplyAdd(S.Constant(share), S.Subtract(gradient, parameter), parameter);
}
