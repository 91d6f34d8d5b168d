using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Powers of two by their bit patterns.</summary>
internal static class PowerOfTwo
{
    /// <summary>x · 2ⁿ in two exact-but-last steps: x · 2^⌊n/2⌋ stays normal, and only the second product rounds, so subnormal results are right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scale<T, S, V>(V x, V n) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        var half = S.Floor(S.Multiply(n, S.Constant(0.5)));
        return S.Multiply(S.Multiply(x, Of<T, S, V>(half)), Of<T, S, V>(S.Subtract(n, half)));
    }

    /// <summary>2ⁿ for an integral n whose result is normal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<T, S, V>(V n) where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        // Adding 1.5 · 2^(mantissa bits) + bias leaves n + bias in the low mantissa bits; the shift drops the rest.
        return typeof(T) == typeof(float)
            ? S.ShiftLeftBits(S.Add(n, S.Constant(12582912.0 + 127)), 23)
            : S.ShiftLeftBits(S.Add(n, S.Constant(6755399441055744.0 + 1023)), 52);
    }
}
