using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = x / divisor, a division and not a product with the reciprocal, so that a mean is rounded once.</summary>
internal readonly struct DivideByOperator<T>(double divisor) : IUnaryOperator<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct => S.Divide(x, S.Constant(divisor));
}
