using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Norms.</summary>
internal static class Norms
{
    /// <summary>x ← (x − mean)·factor + shift, channel by channel, at each of some places.</summary>
    public static void Channels(Span<float> x, ReadOnlySpan<float> mean, ReadOnlySpan<float> factor, ReadOnlySpan<float> shift)
    {
        if (Vector512.IsHardwareAccelerated) Channels<Lanes512, Vector512<float>>(x, mean, factor, shift);
        else if (Vector256.IsHardwareAccelerated) Channels<Lanes256, Vector256<float>>(x, mean, factor, shift);
        else Channels<Lanes128, Vector128<float>>(x, mean, factor, shift);
    }

    /// <summary>z = (x − mean)/√(variance + ε)·weight + bias, mean and variance being the row's own.</summary>
    public static void Row(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, float epsilon, Span<float> z)
    {
        var mean = Sums.OfRow(x) / x.Length;
        var scale = 1 / MathF.Sqrt((Sums.OfSquares(x, mean) / x.Length) + epsilon);
        // Far from 0 for their spread, or out of reach of squares: sums of 32 bits lose too much there.
        if (!((x.Length == 1 ? 0.0 : Math.Abs((double)mean)) * scale <= 8 && scale > 0 && scale < 1e15))
        {
            Exactly(x, weight, bias, epsilon, z);
            return;
        }

        if (Vector512.IsHardwareAccelerated) Normalize<Lanes512, Vector512<float>>(x, mean, scale, weight, bias, z);
        else if (Vector256.IsHardwareAccelerated) Normalize<Lanes256, Vector256<float>>(x, mean, scale, weight, bias, z);
        else Normalize<Lanes128, Vector128<float>>(x, mean, scale, weight, bias, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalize<S, V>(
        ReadOnlySpan<float> x, float mean, float scale, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> z)
        where S : ILanes<V> where V : struct
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var weights = ref MemoryMarshal.GetReference(weight);
        ref var shifts = ref MemoryMarshal.GetReference(bias);
        ref var to = ref MemoryMarshal.GetReference(z);
        var j = 0;
        for (; j <= x.Length - S.Width; j += S.Width)
        {
            var normal = S.Multiply(S.Subtract(S.Load(ref from, j), S.Create(mean)), S.Create(scale));
            S.Store(S.MultiplyAdd(normal, S.Load(ref weights, j), S.Load(ref shifts, j)), ref to, j);
        }

        for (; j < x.Length; j++) z[j] = MathF.FusedMultiplyAdd((x[j] - mean) * scale, weight[j], bias[j]);
    }

    private static void Exactly(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, double epsilon, Span<float> z)
    {
        double sum = 0, rest = 0, squares = 0;
        foreach (var value in x) sum += value;
        var mean = sum / x.Length;
        foreach (var value in x) rest += value - mean;
        rest /= x.Length;
        foreach (var value in x) squares += (value - mean - rest) * (value - mean - rest);
        var scale = 1 / Math.Sqrt((squares / x.Length) + epsilon);
        for (var j = 0; j < x.Length; j++) z[j] = MathF.FusedMultiplyAdd((float)((x[j] - mean - rest) * scale), weight[j], bias[j]);
    }

    private static void Channels<S, V>(Span<float> x, ReadOnlySpan<float> mean, ReadOnlySpan<float> factor, ReadOnlySpan<float> shift)
        where S : ILanes<V> where V : struct
    {
        ref var at = ref MemoryMarshal.GetReference(x);
        ref var means = ref MemoryMarshal.GetReference(mean);
        ref var factors = ref MemoryMarshal.GetReference(factor);
        ref var shifts = ref MemoryMarshal.GetReference(shift);
        for (nint place = 0; place < x.Length; place += mean.Length)
        {
            for (nint j = 0; j < mean.Length; j += S.Width)
            {
                var centered = S.Subtract(S.Load(ref at, place + j), S.Load(ref means, j));
                S.Store(S.MultiplyAdd(centered, S.Load(ref factors, j), S.Load(ref shifts, j)), ref at, place + j);
            }
        }
    }
}
