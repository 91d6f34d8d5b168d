using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Numbers as unsigned integers of the same order.</summary>
internal static class SortKey
{
    /// <summary>The key of an element: −0 has that of 0, every NaN the greatest of all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<T>(T x) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var value = Unsafe.BitCast<T, float>(x);
            if (float.IsNaN(value)) return uint.MaxValue;
            var bits = BitConverter.SingleToUInt32Bits(value + 0f);
            return bits ^ ((uint)((int)bits >> 31) | 0x8000_0000);
        }

        if (typeof(T) == typeof(double))
        {
            var value = Unsafe.BitCast<T, double>(x);
            if (double.IsNaN(value)) return ulong.MaxValue;
            var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
            return bits ^ ((ulong)((long)bits >> 63) | 0x8000_0000_0000_0000);
        }

        if (typeof(T) == typeof(long)) return Unsafe.BitCast<T, ulong>(x) ^ 0x8000_0000_0000_0000;
        if (typeof(T) == typeof(int)) return Unsafe.BitCast<T, uint>(x) ^ 0x8000_0000;
        return Unsafe.BitCast<T, byte>(x);
    }
}
