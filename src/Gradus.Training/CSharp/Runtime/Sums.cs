using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Sums over a row on 64 lanes, whatever the hardware has: element j belongs to lane j mod 64, and lane i + 32 is added to lane i.</summary>
internal static class Sums
{
    private const int Lanes = 64;
    private const int Block = 4096;

    /// <summary>x ← e^(x − max x) / Σ e^(x − max x).</summary>
    public static void Softmax(Span<float> x)
    {
        var max = Max(x);
        if (float.IsInfinity(max))
        {
            // Infinities share alike what there is.
            for (var j = 0; j < x.Length; j++) x[j] = float.IsPositiveInfinity(x[j]) ? 1 : 0;
        }
        else
        {
            Exp(x, max, 1);
        }

        var sum = Of(x);
        if (float.IsInfinity(max) && sum == 0) sum = 1;
        for (var j = 0; j < x.Length; j++) x[j] /= sum;
    }

    /// <summary>x ← e^((x − shift)·scale).</summary>
    public static void Exp(Span<float> x, float shift, float scale)
    {
        if (Vector512.IsHardwareAccelerated) Exp<Lanes512, Vector512<float>>(x, shift, scale);
        else if (Vector256.IsHardwareAccelerated) Exp<Lanes256, Vector256<float>>(x, shift, scale);
        else Exp<Lanes128, Vector128<float>>(x, shift, scale);
    }

    /// <summary>The greatest number; NaN wins.</summary>
    public static float Max(ReadOnlySpan<float> x)
    {
        if (Vector512.IsHardwareAccelerated) return Max<Lanes512, Vector512<float>>(x);
        if (Vector256.IsHardwareAccelerated) return Max<Lanes256, Vector256<float>>(x);
        return Max<Lanes128, Vector128<float>>(x);
    }

    /// <summary>Σ x in blocks of 4,096, of which the first 2ᵏ are added to the rest, and so on within both.</summary>
    public static float Of(ReadOnlySpan<float> x)
    {
        if (x.Length <= Block) return OfRow(x);
        var blocks = ((x.Length - 1) / Block) + 1;
        var half = Block << BitOperations.Log2((uint)(blocks - 1));
        return Of(x[..half]) + Of(x[half..]);
    }

    /// <summary>Σ x, the whole row on the lanes.</summary>
    public static float OfRow(ReadOnlySpan<float> x) => OfPowers(x, 0, false);

    /// <summary>Σ (x − mean)², the whole row on the lanes.</summary>
    public static float OfSquares(ReadOnlySpan<float> x, float mean) => OfPowers(x, mean, true);

    /// <summary>The mean of at most 4,096 rows, number by number. The rows are used up.</summary>
    public static void MeanOfRows(Span<float> x, int rows, int pitch, Span<float> z)
    {
        OfRows(x, rows, pitch);
        // Of zeros alone the sum is +0, whatever their signs.
        for (var column = 0; column < pitch; column++) z[column] = (x[column] + 0) / rows;
    }

    /// <summary>The sum of at most 4,096 rows, number by number, in place of the first; the others are used up.</summary>
    public static void OfRows(Span<float> x, int rows, int pitch)
    {
        for (var row = Lanes; row < rows; row += Lanes) AddRows(x, row, Math.Min(Lanes, rows - row), pitch);
        var lanes = Math.Min(Lanes, rows);
        for (var half = (int)BitOperations.RoundUpToPowerOf2((uint)lanes) / 2; half > 0; half /= 2)
        {
            AddRows(x, half, lanes - half, pitch);
            lanes = half;
        }
    }

    /// <summary>Adds some rows to the first ones.</summary>
    private static void AddRows(Span<float> x, int first, int rows, int pitch) =>
        Functions.Add(x[..(rows * pitch)], x.Slice(first * pitch, rows * pitch));

    private static float OfPowers(ReadOnlySpan<float> x, float mean, bool isSquare)
    {
        if (Vector512.IsHardwareAccelerated) return OfPowers<Lanes512, Vector512<float>>(x, mean, isSquare);
        if (Vector256.IsHardwareAccelerated) return OfPowers<Lanes256, Vector256<float>>(x, mean, isSquare);
        return OfPowers<Lanes128, Vector128<float>>(x, mean, isSquare);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float OfPowers<S, V>(ReadOnlySpan<float> x, float mean, bool isSquare) where S : ILanes<V> where V : struct
    {
        Span<float> lanes = stackalloc float[Lanes];
        ref var sum = ref lanes[0];
        ref var from = ref MemoryMarshal.GetReference(x);
        var center = S.Create(mean);
        // Whole vectors: the last of them is filled up with numbers that add nothing.
        Span<float> rest = stackalloc float[16];
        rest.Fill(mean);
        var whole = x.Length / S.Width * S.Width;
        x[whole..].CopyTo(rest);
        for (nint j = 0; j < x.Length; j += S.Width)
        {
            var value = j < whole ? S.Load(ref from, j) : S.Load(ref rest[0], 0);
            var (lane, centered) = (j % Lanes, S.Subtract(value, center));
            var before = S.Load(ref sum, lane);
            S.Store(isSquare ? S.MultiplyAdd(centered, centered, before) : S.Add(before, value), ref sum, lane);
        }

        var half = Lanes / 2;
        for (; half >= S.Width; half /= 2)
        {
            for (nint lane = 0; lane < half; lane += S.Width) S.Store(S.Add(S.Load(ref sum, lane), S.Load(ref sum, lane + half)), ref sum, lane);
        }

        for (; half > 0; half /= 2)
        {
            for (var lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
        }

        return lanes[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Max<S, V>(ReadOnlySpan<float> x) where S : ILanes<V> where V : struct
    {
        Span<float> best = stackalloc float[16];
        best.Fill(float.NegativeInfinity);
        x[(x.Length / S.Width * S.Width)..].CopyTo(best);
        ref var from = ref MemoryMarshal.GetReference(x);
        var greatest = S.Load(ref best[0], 0);
        for (nint j = 0; j <= x.Length - S.Width; j += S.Width) greatest = Functions.Greater<S, V>(greatest, S.Load(ref from, j));
        S.Store(greatest, ref best[0], 0);
        var max = float.NegativeInfinity;
        foreach (var value in best) max = MathF.Max(max, value);
        return max;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exp<S, V>(Span<float> x, float shift, float scale) where S : ILanes<V> where V : struct
    {
        // The last numbers go through a vector of their own, so that nothing behind them is touched.
        Span<float> rest = stackalloc float[16];
        var whole = x.Length / S.Width * S.Width;
        x[whole..].CopyTo(rest);
        ref var at = ref MemoryMarshal.GetReference(x);
        V from = S.Create(shift), by = S.Create(scale);
        for (nint j = 0; j < whole; j += S.Width) S.Store(Functions.Exp<S, V>(S.Multiply(S.Subtract(S.Load(ref at, j), from), by)), ref at, j);
        S.Store(Functions.Exp<S, V>(S.Multiply(S.Subtract(S.Load(ref rest[0], 0), from), by)), ref rest[0], 0);
        rest[..(x.Length - whole)].CopyTo(x[whole..]);
    }
}
