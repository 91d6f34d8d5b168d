using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Numbers as what they fill of the bins of their ranges.</summary>
internal static class Bins
{
    /// <summary>
    /// For each number a row of <paramref name="bins"/> clamp((x − low)·scale, 0, 1), and behind them x/√(1 + (x/3)²). Rows are whole vectors.
    /// </summary>
    public static void Fill(ReadOnlySpan<float> x, ReadOnlySpan<float> low, ReadOnlySpan<float> scale, int bins, Span<float> z)
    {
        var pitch = low.Length / x.Length;
        for (var feature = 0; feature < x.Length; feature++)
        {
            var number = x[feature];
            ReadOnlySpan<float> lows = low.Slice(feature * pitch, pitch), scales = scale.Slice(feature * pitch, pitch);
            var row = z.Slice(feature * pitch, pitch);
            if (Vector512.IsHardwareAccelerated) Row<Lanes512, Vector512<float>>(number, lows, scales, row);
            else if (Vector256.IsHardwareAccelerated) Row<Lanes256, Vector256<float>>(number, lows, scales, row);
            else Row<Lanes128, Vector128<float>>(number, lows, scales, row);
            var third = number / 3;
            row[bins] = number / MathF.Sqrt(1 + (third * third));
        }
    }

    private static void Row<S, V>(float number, ReadOnlySpan<float> low, ReadOnlySpan<float> scale, Span<float> z) where S : ILanes<V> where V : struct
    {
        ref var lows = ref MemoryMarshal.GetReference(low);
        ref var scales = ref MemoryMarshal.GetReference(scale);
        ref var to = ref MemoryMarshal.GetReference(z);
        V x = S.Create(number), zero = S.Create(0), one = S.Create(1);
        for (nint j = 0; j < z.Length; j += S.Width)
        {
            var filled = S.Multiply(S.Subtract(x, S.Load(ref lows, j)), S.Load(ref scales, j));
            filled = S.Select(S.Less(filled, zero), zero, filled);
            S.Store(S.Select(S.Less(one, filled), one, filled), ref to, j);
        }
    }
}
