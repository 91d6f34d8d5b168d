using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Products with weights: a vector by a matrix, and rows or windows by a matrix.</summary>
/// <remarks>
/// Weights lie in panels of 32 outputs, [terms][32]; the last panel is as wide as the outputs that are left, rounded up to 16. Each output is a sum of segments,
/// each a chain of fused multiply-adds, whose lengths follow from the number of terms alone: no vector width changes a bit.
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
        ReadOnlySpan<float> x, ReadOnlySpan<int> starts, ReadOnlySpan<int> places, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int pitch, Span<float> z)
    {
        // One row of terms side by side.
        if (starts.Length == 1 && places[^1] == places.Length - 1) Vector(x[starts[0]..], places.Length, weights, bias, z[..pitch]);
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
        ReadOnlySpan<float> x, ReadOnlySpan<int> starts, ReadOnlySpan<int> places, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int pitch, Span<float> z)
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
                    if (isPair) Six<S, V>(ref from, ref start, row, starts.Length - 1, ref place, term, end, ref panel, width, ref last, ref Unsafe.Add(ref to, column), pitch);
                    else Eight<S, V>(ref from, ref start, row, starts.Length - 1, ref place, term, end, ref panel, width, ref last, ref Unsafe.Add(ref to, column), pitch);
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

    /// <summary>A segment of six rows by two vectors of outputs. Rows that are missing at the end are the last one once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Six<S, V>(
        ref float x, ref int starts, int row, int last, ref int places, int start, int end, ref float panel, nint width, ref float bias, ref float z, nint pitch)
        where S : ILanes<V> where V : struct
    {
        nint r0 = row, r1 = Math.Min(row + 1, last), r2 = Math.Min(row + 2, last), r3 = Math.Min(row + 3, last), r4 = Math.Min(row + 4, last), r5 = Math.Min(row + 5, last);
        ref var x0 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r0));
        ref var x1 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r1));
        ref var x2 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r2));
        ref var x3 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r3));
        ref var x4 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r4));
        ref var x5 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r5));
        var a0 = S.Create(0);
        V b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0, a3 = a0, b3 = a0, a4 = a0, b4 = a0, a5 = a0, b5 = a0;
        ref var weight = ref Unsafe.Add(ref panel, start * width);
        for (nint k = start; k < end; k++, weight = ref Unsafe.Add(ref weight, width))
        {
            nint at = Unsafe.Add(ref places, k);
            V p = S.Load(ref weight, 0), q = S.Load(ref weight, S.Width);
            var factor = S.Create(Unsafe.Add(ref x0, at));
            (a0, b0) = (S.MultiplyAdd(factor, p, a0), S.MultiplyAdd(factor, q, b0));
            factor = S.Create(Unsafe.Add(ref x1, at));
            (a1, b1) = (S.MultiplyAdd(factor, p, a1), S.MultiplyAdd(factor, q, b1));
            factor = S.Create(Unsafe.Add(ref x2, at));
            (a2, b2) = (S.MultiplyAdd(factor, p, a2), S.MultiplyAdd(factor, q, b2));
            factor = S.Create(Unsafe.Add(ref x3, at));
            (a3, b3) = (S.MultiplyAdd(factor, p, a3), S.MultiplyAdd(factor, q, b3));
            factor = S.Create(Unsafe.Add(ref x4, at));
            (a4, b4) = (S.MultiplyAdd(factor, p, a4), S.MultiplyAdd(factor, q, b4));
            factor = S.Create(Unsafe.Add(ref x5, at));
            (a5, b5) = (S.MultiplyAdd(factor, p, a5), S.MultiplyAdd(factor, q, b5));
        }

        ref var z0 = ref Unsafe.Add(ref z, r0 * pitch);
        ref var z1 = ref Unsafe.Add(ref z, r1 * pitch);
        ref var z2 = ref Unsafe.Add(ref z, r2 * pitch);
        ref var z3 = ref Unsafe.Add(ref z, r3 * pitch);
        ref var z4 = ref Unsafe.Add(ref z, r4 * pitch);
        ref var z5 = ref Unsafe.Add(ref z, r5 * pitch);
        if (start > 0)
        {
            // Read before anything is written: a row that is there twice gets the same sum twice.
            (a0, b0) = (S.Add(S.Load(ref z0, 0), a0), S.Add(S.Load(ref z0, S.Width), b0));
            (a1, b1) = (S.Add(S.Load(ref z1, 0), a1), S.Add(S.Load(ref z1, S.Width), b1));
            (a2, b2) = (S.Add(S.Load(ref z2, 0), a2), S.Add(S.Load(ref z2, S.Width), b2));
            (a3, b3) = (S.Add(S.Load(ref z3, 0), a3), S.Add(S.Load(ref z3, S.Width), b3));
            (a4, b4) = (S.Add(S.Load(ref z4, 0), a4), S.Add(S.Load(ref z4, S.Width), b4));
            (a5, b5) = (S.Add(S.Load(ref z5, 0), a5), S.Add(S.Load(ref z5, S.Width), b5));
        }

        if (!Unsafe.IsNullRef(ref bias))
        {
            V p = S.Load(ref bias, 0), q = S.Load(ref bias, S.Width);
            (a0, b0, a1, b1, a2, b2) = (S.Add(a0, p), S.Add(b0, q), S.Add(a1, p), S.Add(b1, q), S.Add(a2, p), S.Add(b2, q));
            (a3, b3, a4, b4, a5, b5) = (S.Add(a3, p), S.Add(b3, q), S.Add(a4, p), S.Add(b4, q), S.Add(a5, p), S.Add(b5, q));
        }

        Two<S, V>(a0, b0, ref z0);
        Two<S, V>(a1, b1, ref z1);
        Two<S, V>(a2, b2, ref z2);
        Two<S, V>(a3, b3, ref z3);
        Two<S, V>(a4, b4, ref z4);
        Two<S, V>(a5, b5, ref z5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two<S, V>(V x, V y, ref float z) where S : ILanes<V> where V : struct
    {
        S.Store(x, ref z, 0);
        S.Store(y, ref z, S.Width);
    }

    /// <summary>A segment of eight rows by one vector of outputs. Rows that are missing at the end are the last one once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Eight<S, V>(
        ref float x, ref int starts, int row, int last, ref int places, int start, int end, ref float panel, nint width, ref float bias, ref float z, nint pitch)
        where S : ILanes<V> where V : struct
    {
        nint r0 = row, r1 = Math.Min(row + 1, last), r2 = Math.Min(row + 2, last), r3 = Math.Min(row + 3, last);
        nint r4 = Math.Min(row + 4, last), r5 = Math.Min(row + 5, last), r6 = Math.Min(row + 6, last), r7 = Math.Min(row + 7, last);
        ref var x0 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r0));
        ref var x1 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r1));
        ref var x2 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r2));
        ref var x3 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r3));
        ref var x4 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r4));
        ref var x5 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r5));
        ref var x6 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r6));
        ref var x7 = ref Unsafe.Add(ref x, Unsafe.Add(ref starts, r7));
        var a0 = S.Create(0);
        V a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        ref var weight = ref Unsafe.Add(ref panel, start * width);
        for (nint k = start; k < end; k++, weight = ref Unsafe.Add(ref weight, width))
        {
            nint at = Unsafe.Add(ref places, k);
            var p = S.Load(ref weight, 0);
            a0 = S.MultiplyAdd(S.Create(Unsafe.Add(ref x0, at)), p, a0);
            a1 = S.MultiplyAdd(S.Create(Unsafe.Add(ref x1, at)), p, a1);
            a2 = S.MultiplyAdd(S.Create(Unsafe.Add(ref x2, at)), p, a2);
            a3 = S.MultiplyAdd(S.Create(Unsafe.Add(ref x3, at)), p, a3);
            a4 = S.MultiplyAdd(S.Create(Unsafe.Add(ref x4, at)), p, a4);
            a5 = S.MultiplyAdd(S.Create(Unsafe.Add(ref x5, at)), p, a5);
            a6 = S.MultiplyAdd(S.Create(Unsafe.Add(ref x6, at)), p, a6);
            a7 = S.MultiplyAdd(S.Create(Unsafe.Add(ref x7, at)), p, a7);
        }

        if (start > 0)
        {
            (a0, a1, a2, a3) = (S.Add(S.Load(ref z, r0 * pitch), a0), S.Add(S.Load(ref z, r1 * pitch), a1),
                S.Add(S.Load(ref z, r2 * pitch), a2), S.Add(S.Load(ref z, r3 * pitch), a3));
            (a4, a5, a6, a7) = (S.Add(S.Load(ref z, r4 * pitch), a4), S.Add(S.Load(ref z, r5 * pitch), a5),
                S.Add(S.Load(ref z, r6 * pitch), a6), S.Add(S.Load(ref z, r7 * pitch), a7));
        }

        if (!Unsafe.IsNullRef(ref bias))
        {
            var p = S.Load(ref bias, 0);
            (a0, a1, a2, a3) = (S.Add(a0, p), S.Add(a1, p), S.Add(a2, p), S.Add(a3, p));
            (a4, a5, a6, a7) = (S.Add(a4, p), S.Add(a5, p), S.Add(a6, p), S.Add(a7, p));
        }

        S.Store(a0, ref z, r0 * pitch);
        S.Store(a1, ref z, r1 * pitch);
        S.Store(a2, ref z, r2 * pitch);
        S.Store(a3, ref z, r3 * pitch);
        S.Store(a4, ref z, r4 * pitch);
        S.Store(a5, ref z, r5 * pitch);
        S.Store(a6, ref z, r6 * pitch);
        S.Store(a7, ref z, r7 * pitch);
    }
}
