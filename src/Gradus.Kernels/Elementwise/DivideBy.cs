using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = x / divisor, a division and not a product with the reciprocal, so that a mean is rounded once.</summary>
internal readonly struct DivideByOperator(double divisor) : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Divide(x, S.Constant(divisor));
}
