using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>z = 1 / √x.</summary>
internal readonly struct RsqrtOperator : IUnaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct => S.Divide(S.Constant(1), S.Sqrt(x));
}

/// <summary>z = √(x² + y²), evaluated in float64 and never overflowing on the way; infinite if either is.</summary>
internal readonly struct HypotOperator : IBinaryOperator
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.InDouble(default(Hypotenuse), x, y);
}

/// <summary>The float64 body of <see cref="HypotOperator"/>: both are brought to the size of the larger, by powers of two.</summary>
internal readonly struct Hypotenuse : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        V left = S.Abs(x), right = S.Abs(y);
        var shorter = S.Less(left, right);
        V most = S.Select(shorter, right, left), least = S.Select(shorter, left, right);
        var large = S.Less(S.Constant(1e150), most);
        var small = S.Less(most, S.Constant(1e-140));
        var factor = S.Select(large, S.Constant(3.054936363499605e-151), S.Select(small, S.Constant(3.273390607896142e150), S.Constant(1)));
        var back = S.Select(large, S.Constant(3.273390607896142e150), S.Select(small, S.Constant(3.054936363499605e-151), S.Constant(1)));
        V a = S.Multiply(most, factor), b = S.Multiply(least, factor);
        var result = S.Multiply(S.Sqrt(S.FusedMultiplyAdd(a, a, S.Multiply(b, b))), back);
        // Past this ratio the root is the larger one, which rounding must not lift beyond the largest number.
        result = S.Select(S.Less(S.Multiply(least, S.Constant(1e17)), most), most, result);
        var infinity = S.Constant(double.PositiveInfinity);
        return S.Select(S.Or(S.Equal(left, infinity), S.Equal(right, infinity)), infinity, result);
    }
}
