using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Causal attention of one token to those before it, whose keys and values are kept.</summary>
internal static class Attention
{
    private const int Tile = 32768;

    /// <summary>Keeps a token's keys, [heads, width, context], and values, [context, heads·width].</summary>
    public static void Keep(ReadOnlySpan<float> row, int width, int place, int context, Span<float> keys, Span<float> values)
    {
        for (var j = 0; j < width; j++) keys[(j * context) + place] = row[width + j];
        row.Slice(2 * width, width).CopyTo(values[(place * width)..]);
    }

    /// <summary>
    /// z = softmax(q·Kᵀ·scale)·V for each head of one token that sees <paramref name="count"/> tokens. The sum over values is cut as if of
    /// <paramref name="terms"/>. Scores may be rounded after scaling, as where a mask is added to them.
    /// </summary>
    public static void Row(
        ReadOnlySpan<float> query, int heads, int count, int terms, int context, float scale, bool isScaledFirst,
        ReadOnlySpan<float> keys, ReadOnlySpan<float> values, Span<float> scores, Span<float> z)
    {
        var width = query.Length / heads;
        for (var head = 0; head < heads; head++)
        {
            var part = query.Slice(head * width, width);
            Scores(part, keys.Slice(head * width * context, width * context), context, count, scores);
            var line = scores[..count];
            var by = scale;
            if (isScaledFirst)
            {
                for (var j = 0; j < count; j++) line[j] = MathF.FusedMultiplyAdd(line[j], scale, 0);
                by = 1;
            }

            Sums.Exp(line, Sums.Max(line), by);
            var sum = Sums.OfRow(line);
            var to = z.Slice(head * width, width);
            Values(line, values[(head * width)..], query.Length, Product.SegmentOf(terms), sum, to);
        }
    }

    /// <summary>How many values the sum of a row counts: those of the last row of its tile.</summary>
    public static int TermsOf(int row, int rows)
    {
        var tile = Math.Clamp(Tile / rows, 16, 128);
        return Math.Min(rows, ((row / tile) + 1) * tile);
    }

    private static void Scores(ReadOnlySpan<float> query, ReadOnlySpan<float> keys, int context, int count, Span<float> scores)
    {
        if (Vector512.IsHardwareAccelerated) Scores<Lanes512, Vector512<float>>(query, keys, context, count, scores);
        else if (Vector256.IsHardwareAccelerated) Scores<Lanes256, Vector256<float>>(query, keys, context, count, scores);
        else Scores<Lanes128, Vector128<float>>(query, keys, context, count, scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scores<S, V>(ReadOnlySpan<float> query, ReadOnlySpan<float> keys, int context, int count, Span<float> scores)
        where S : ILanes<V> where V : struct
    {
        ref var from = ref MemoryMarshal.GetReference(keys);
        ref var to = ref MemoryMarshal.GetReference(scores);
        var segment = Product.SegmentOf(query.Length);
        for (nint key = 0; key < count; key += 2 * S.Width)
        {
            // Two vectors of keys, the second of them perhaps the first once more.
            var second = Math.Min(key + S.Width, context - S.Width);
            for (var start = 0; start < query.Length; start += segment)
            {
                var end = Math.Min(query.Length, start + segment);
                V a = S.Create(0), b = a;
                for (var j = start; j < end; j++)
                {
                    var factor = S.Create(query[j]);
                    a = S.MultiplyAdd(factor, S.Load(ref from, ((nint)j * context) + key), a);
                    b = S.MultiplyAdd(factor, S.Load(ref from, ((nint)j * context) + second), b);
                }

                if (start > 0) (a, b) = (S.Add(S.Load(ref to, key), a), S.Add(S.Load(ref to, second), b));
                S.Store(a, ref to, key);
                S.Store(b, ref to, second);
            }
        }
    }

    /// <summary>z = Σ weight·value / sum.</summary>
    private static void Values(ReadOnlySpan<float> weights, ReadOnlySpan<float> values, int pitch, int segment, float sum, Span<float> z)
    {
        if (Vector512.IsHardwareAccelerated) Values<Lanes512, Vector512<float>>(weights, values, pitch, segment, sum, z);
        else if (Vector256.IsHardwareAccelerated) Values<Lanes256, Vector256<float>>(weights, values, pitch, segment, sum, z);
        else Values<Lanes128, Vector128<float>>(weights, values, pitch, segment, sum, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Values<S, V>(ReadOnlySpan<float> weights, ReadOnlySpan<float> values, int pitch, int segment, float sum, Span<float> z)
        where S : ILanes<V> where V : struct
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(z);
        var whole = z.Length / S.Width * S.Width;
        for (nint j = 0; j < whole; j += 2 * S.Width)
        {
            // Two vectors, the second of them perhaps the first once more.
            var second = Math.Min(j + S.Width, whole - S.Width);
            V a = S.Create(0), b = a;
            for (var start = 0; start < weights.Length; start += segment)
            {
                V c = S.Create(0), d = c;
                for (var key = start; key < Math.Min(weights.Length, start + segment); key++)
                {
                    var weight = S.Create(weights[key]);
                    c = S.MultiplyAdd(weight, S.Load(ref from, ((nint)key * pitch) + j), c);
                    d = S.MultiplyAdd(weight, S.Load(ref from, ((nint)key * pitch) + second), d);
                }

                (a, b) = start == 0 ? (c, d) : (S.Add(a, c), S.Add(b, d));
            }

            S.Store(S.Divide(a, S.Create(sum)), ref to, j);
            S.Store(S.Divide(b, S.Create(sum)), ref to, second);
        }

        for (var j = whole; j < z.Length; j++)
        {
            var total = 0f;
            for (var start = 0; start < weights.Length; start += segment)
            {
                var part = 0f;
                for (var key = start; key < Math.Min(weights.Length, start + segment); key++)
                    part = MathF.FusedMultiplyAdd(weights[key], values[(key * pitch) + j], part);
                total = start == 0 ? part : total + part;
            }

            z[j] = total / sum;
        }
    }
}
