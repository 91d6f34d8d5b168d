using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>
/// Rprop: the step size, the second state, grows by up where the gradient kept its sign, shrinks by down where it changed it, and there no step is made; p ← p
/// − sign(g) · size.
/// </summary>
internal readonly struct RpropUpdate(double down, double up, double smallest, double largest) : IUpdate
{
    public static int States => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T, S, V>(V gradient, ref V parameter, ref V first, ref V second, ref V third) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var agreement = S.Multiply(gradient, first);
        var turned = S.Less(agreement, S.Zero);
        var factor = S.Select(turned, S.Constant(down), S.Select(S.Less(S.Zero, agreement), S.Constant(up), S.Constant(1)));
        second = S.Minimum(S.Maximum(S.Multiply(second, factor), S.Constant(smallest)), S.Constant(largest));
        first = S.Select(turned, S.Zero, gradient);
        parameter = S.Subtract(parameter, S.Multiply(Steps.Sign<T, S, V>(first), second));
    }
}
