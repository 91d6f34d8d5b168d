using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Products with weights: a vector by a matrix, and rows or windows by a matrix.</summary>
/// <remarks>
/// Weights lie in panels of 32 outputs, [terms][32]; the last panel is as wide as the outputs that are left, rounded up to 16. Each output is a sum of
/// segments, each a chain of fused multiply-adds, whose lengths follow from the number of terms alone: no vector width changes a bit.
/// </remarks>
internal static class Product
{
    private const int Panel = 32;
    private const int LongestSegment = 320;

    /// <summary>z = x·W + bias; a bias of no numbers is none.</summary>
    public static void Vector(ReadOnlySpan<float> x, int terms, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> z)
    {
        if (Vector512.IsHardwareAccelerated) Vector<Lanes512, Vector512<float>>(x, terms, weights, bias, z);
        else if (Vector256.IsHardwareAccelerated) Vector<Lanes256, Vector256<float>>(x, terms, weights, bias, z);
        else Vector<Lanes128, Vector128<float>>(x, terms, weights, bias, z);
    }

    /// <summary>Row r of z = Σ over the terms k of x[starts[r] + places[k]] · W[k], + bias: rows of a matrix, or windows of a picture.</summary>
    public static void Rows(
        ReadOnlySpan<float> x, ReadOnlySpan<int> starts, ReadOnlySpan<int> places,
        ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int pitch, Span<float> z)
    {
        // One row of terms side by side. In a window as large as its picture the last place is as far from the first, but the second is not beside it.
        if (starts.Length == 1 && places[^1] == places.Length - 1 && (places.Length == 1 || places[1] == 1))
            Vector(x[starts[0]..], places.Length, weights, bias, z[..pitch]);
        else if (Vector512.IsHardwareAccelerated) Rows<Lanes512, Vector512<float>>(x, starts, places, weights, bias, pitch, z);
        else if (Vector256.IsHardwareAccelerated) Rows<Lanes256, Vector256<float>>(x, starts, places, weights, bias, pitch, z);
        else Rows<Lanes128, Vector128<float>>(x, starts, places, weights, bias, pitch, z);
    }

    /// <summary>0, step, 2·step, …: where rows begin, or the terms of a row.</summary>
    public static int[] Steps(int count, int step)
    {
        var steps = new int[count];
        for (var index = 0; index < count; index++) steps[index] = index * step;
        return steps;
    }

    /// <summary>The terms of a segment of a sum.</summary>
    public static int SegmentOf(int terms)
    {
        if (terms <= LongestSegment) return terms;
        var pieces = ((terms - 1) / LongestSegment) + 1;
        return (((terms - 1) / pieces) + 16) / 16 * 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vector<S, V>(ReadOnlySpan<float> x, int terms, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> z)
        where S : ILanes<V> where V : struct
    {
        ref var from = ref MemoryMarshal.GetReference(x[..terms]);
        ref var panels = ref MemoryMarshal.GetReference(weights[..(terms * z.Length)]);
        ref var to = ref MemoryMarshal.GetReference(z);
        var segment = SegmentOf(terms);
        for (var first = 0; first < z.Length;)
        {
            // Two panels at a time: four sums wait for nothing while one would wait for itself.
            var isPair = first <= z.Length - (2 * Panel);
            var width = isPair ? Panel : Math.Min(Panel, z.Length - first);
            ref var panel = ref Unsafe.Add(ref panels, (nint)first * terms);
            for (var start = 0; start < terms; start += segment)
            {
                var end = Math.Min(terms, start + segment);
                for (var column = 0; column < width; column += isPair ? 2 * S.Width : S.Width)
                {
                    if (isPair) Four<S, V>(ref from, start, end, ref panel, (nint)Panel * terms, column, ref to, first);
                    else One<S, V>(ref from, start, end, ref panel, width, column, ref to, first);
                }
            }

            first += isPair ? 2 * Panel : width;
        }

        if (bias.Length > 0) Add<S, V>(bias, z);
    }

    /// <summary>A segment of two vectors of outputs of a panel, and of two of the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four<S, V>(ref float x, int start, int end, ref float panel, nint next, nint column, ref float z, nint first)
        where S : ILanes<V> where V : struct
    {
        var a = S.Create(0);
        var b = a;
        var c = a;
        var d = a;
        ref var weight = ref Unsafe.Add(ref panel, (start * Panel) + column);
        for (nint k = start; k < end; k++, weight = ref Unsafe.Add(ref weight, Panel))
        {
            var factor = S.Create(Unsafe.Add(ref x, k));
            a = S.MultiplyAdd(factor, S.Load(ref weight, 0), a);
            b = S.MultiplyAdd(factor, S.Load(ref weight, S.Width), b);
            c = S.MultiplyAdd(factor, S.Load(ref weight, next), c);
            d = S.MultiplyAdd(factor, S.Load(ref weight, next + S.Width), d);
        }

        Put<S, V>(a, start, ref z, first + column);
        Put<S, V>(b, start, ref z, first + column + S.Width);
        Put<S, V>(c, start, ref z, first + Panel + column);
        Put<S, V>(d, start, ref z, first + Panel + column + S.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void One<S, V>(ref float x, int start, int end, ref float panel, nint width, nint column, ref float z, nint first)
        where S : ILanes<V> where V : struct
    {
        var a = S.Create(0);
        ref var weight = ref Unsafe.Add(ref panel, (start * width) + column);
        for (nint k = start; k < end; k++, weight = ref Unsafe.Add(ref weight, width))
            a = S.MultiplyAdd(S.Create(Unsafe.Add(ref x, k)), S.Load(ref weight, 0), a);
        Put<S, V>(a, start, ref z, first + column);
    }

    /// <summary>The first segment is stored, later ones are added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<S, V>(V value, int start, ref float z, nint at) where S : ILanes<V> where V : struct =>
        S.Store(start == 0 ? value : S.Add(S.Load(ref z, at), value), ref z, at);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<S, V>(
        ReadOnlySpan<float> x, ReadOnlySpan<int> starts, ReadOnlySpan<int> places,
        ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int pitch, Span<float> z)
        where S : ILanes<V> where V : struct
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var start = ref MemoryMarshal.GetReference(starts);
        ref var place = ref MemoryMarshal.GetReference(places);
        ref var panels = ref MemoryMarshal.GetReference(weights[..(places.Length * pitch)]);
        ref var added = ref MemoryMarshal.GetReference(bias);
        ref var to = ref MemoryMarshal.GetReference(z[..(starts.Length * pitch)]);
        var segment = SegmentOf(places.Length);
        for (nint column = 0; column < pitch;)
        {
            var width = Math.Min(Panel, pitch - (column / Panel * Panel));
            var isPair = column % Panel <= width - (2 * S.Width);
            ref var panel = ref Unsafe.Add(ref panels, (column / Panel * Panel * places.Length) + (column % Panel));
            for (var row = 0; row < starts.Length; row += isPair ? 6 : 8)
            {
                for (var term = 0; term < places.Length; term += segment)
                {
                    var end = Math.Min(places.Length, term + segment);
                    // The bias goes to the sum of all segments.
                    ref var last = ref end == places.Length && bias.Length > 0 ? ref Unsafe.Add(ref added, column) : ref Unsafe.NullRef<float>();
                    ref var target = ref Unsafe.Add(ref to, column);
                    var rows = new TileRows(row, starts.Length - 1, pitch);
                    if (isPair) Tiles.Six<S, V>(ref from, ref start, rows, ref place, term, end, ref panel, width, ref last, ref target);
                    else Tiles.Eight<S, V>(ref from, ref start, rows, ref place, term, end, ref panel, width, ref last, ref target);
                }
            }

            column += isPair ? 2 * S.Width : S.Width;
        }
    }

    private static void Add<S, V>(ReadOnlySpan<float> bias, Span<float> z) where S : ILanes<V> where V : struct
    {
        ref var added = ref MemoryMarshal.GetReference(bias[..z.Length]);
        ref var to = ref MemoryMarshal.GetReference(z);
        for (nint column = 0; column < z.Length; column += S.Width) S.Store(S.Add(S.Load(ref to, column), S.Load(ref added, column)), ref to, column);
    }
}
