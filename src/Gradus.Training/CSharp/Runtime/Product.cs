using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Products with weights: a vector by a matrix, and rows or windows by a matrix.</summary>
/// <remarks>
/// Weights lie in panels of 64 outputs, [terms][64]; the last panel is as wide as the outputs that are left, rounded up to 16. Each output is a sum of segments,
/// each a chain of fused multiply-adds, whose lengths follow from the number of terms alone: no vector width changes a bit.
/// </remarks>
internal static class Product
{
    private const int Panel = 64;
    private const int LongestSegment = 320;
    private const int Tall = 8;

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
        ref var from = ref MemoryMarshal.GetReference(x);
        var segment = SegmentOf(terms);
        for (var first = 0; first < z.Length; first += Panel)
        {
            var width = Math.Min(Panel, z.Length - first);
            ref var panel = ref MemoryMarshal.GetReference(weights.Slice(first * terms, width * terms));
            ref var to = ref MemoryMarshal.GetReference(z.Slice(first, width));
            for (var start = 0; start < terms; start += segment)
            {
                var end = Math.Min(terms, start + segment);
                var column = 0;
                for (; column <= width - (4 * S.Width); column += 4 * S.Width) Four<S, V>(ref from, start, end, ref panel, width, column, ref to);
                for (; column < width; column += S.Width) One<S, V>(ref from, start, end, ref panel, width, column, ref to);
            }

            if (bias.Length == 0) continue;
            ref var added = ref MemoryMarshal.GetReference(bias.Slice(first, width));
            for (var column = 0; column < width; column += S.Width) S.Store(S.Add(S.Load(ref to, column), S.Load(ref added, column)), ref to, column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four<S, V>(ref float x, int start, int end, ref float panel, nint width, nint column, ref float z)
        where S : ILanes<V> where V : struct
    {
        var a = S.Create(0);
        var b = a;
        var c = a;
        var d = a;
        ref var weight = ref Unsafe.Add(ref panel, (start * width) + column);
        for (nint k = start; k < end; k++, weight = ref Unsafe.Add(ref weight, width))
        {
            var factor = S.Create(Unsafe.Add(ref x, k));
            a = S.MultiplyAdd(factor, S.Load(ref weight, 0), a);
            b = S.MultiplyAdd(factor, S.Load(ref weight, S.Width), b);
            c = S.MultiplyAdd(factor, S.Load(ref weight, 2 * S.Width), c);
            d = S.MultiplyAdd(factor, S.Load(ref weight, 3 * S.Width), d);
        }

        Put<S, V>(a, start, ref z, column);
        Put<S, V>(b, start, ref z, column + S.Width);
        Put<S, V>(c, start, ref z, column + (2 * S.Width));
        Put<S, V>(d, start, ref z, column + (3 * S.Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void One<S, V>(ref float x, int start, int end, ref float panel, nint width, nint column, ref float z)
        where S : ILanes<V> where V : struct
    {
        var a = S.Create(0);
        ref var weight = ref Unsafe.Add(ref panel, (start * width) + column);
        for (nint k = start; k < end; k++, weight = ref Unsafe.Add(ref weight, width))
            a = S.MultiplyAdd(S.Create(Unsafe.Add(ref x, k)), S.Load(ref weight, 0), a);
        Put<S, V>(a, start, ref z, column);
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
        ref var place = ref MemoryMarshal.GetReference(places);
        var segment = SegmentOf(places.Length);
        Span<int> windows = stackalloc int[Tall];
        Span<int> targets = stackalloc int[Tall];
        for (var first = 0; first < pitch; first += Panel)
        {
            var width = Math.Min(Panel, pitch - first);
            ref var panel = ref MemoryMarshal.GetReference(weights.Slice(first * places.Length, width * places.Length));
            for (var column = 0; column < width;)
            {
                var isPair = column <= width - (2 * S.Width);
                var height = isPair ? 6 : Tall;
                for (var row = 0; row < starts.Length; row += height)
                {
                    // What is missing in the last tile repeats its last row.
                    for (var r = 0; r < height; r++)
                    {
                        var index = Math.Min(row + r, starts.Length - 1);
                        (windows[r], targets[r]) = (starts[index], (index * pitch) + first + column);
                    }

                    ref var to = ref MemoryMarshal.GetReference(z);
                    for (var start = 0; start < places.Length; start += segment)
                    {
                        var end = Math.Min(places.Length, start + segment);
                        if (isPair) Six<S, V>(ref from, ref windows[0], ref place, start, end, ref panel, width, column, ref to, ref targets[0]);
                        else Eight<S, V>(ref from, ref windows[0], ref place, start, end, ref panel, width, column, ref to, ref targets[0]);
                    }
                }

                column += isPair ? 2 * S.Width : S.Width;
            }
        }

        if (bias.Length > 0) Add<S, V>(bias, pitch, starts.Length, z);
    }

    private static void Add<S, V>(ReadOnlySpan<float> bias, int pitch, int rows, Span<float> z) where S : ILanes<V> where V : struct
    {
        ref var added = ref MemoryMarshal.GetReference(bias[..pitch]);
        for (var row = 0; row < rows; row++)
        {
            ref var to = ref MemoryMarshal.GetReference(z.Slice(row * pitch, pitch));
            for (var column = 0; column < pitch; column += S.Width) S.Store(S.Add(S.Load(ref to, column), S.Load(ref added, column)), ref to, column);
        }
    }

    /// <summary>A segment of six rows by two vectors of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Six<S, V>(
        ref float x, ref int windows, ref int places, int start, int end, ref float panel, nint width, nint column, ref float z, ref int targets)
        where S : ILanes<V> where V : struct
    {
        ref var x0 = ref Unsafe.Add(ref x, windows);
        ref var x1 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 1));
        ref var x2 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 2));
        ref var x3 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 3));
        ref var x4 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 4));
        ref var x5 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 5));
        var a0 = S.Create(0);
        V b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0, a3 = a0, b3 = a0, a4 = a0, b4 = a0, a5 = a0, b5 = a0;
        ref var weight = ref Unsafe.Add(ref panel, (start * width) + column);
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

        // A row that is repeated is written once.
        Span<V> lower = [a0, a1, a2, a3, a4, a5], upper = [b0, b1, b2, b3, b4, b5];
        for (var row = 0; row < 6 && (row == 0 || Unsafe.Add(ref targets, row) != Unsafe.Add(ref targets, row - 1)); row++)
        {
            Put<S, V>(lower[row], start, ref z, Unsafe.Add(ref targets, row));
            Put<S, V>(upper[row], start, ref z, Unsafe.Add(ref targets, row) + S.Width);
        }
    }

    /// <summary>A segment of eight rows by one vector of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Eight<S, V>(
        ref float x, ref int windows, ref int places, int start, int end, ref float panel, nint width, nint column, ref float z, ref int targets)
        where S : ILanes<V> where V : struct
    {
        ref var x0 = ref Unsafe.Add(ref x, windows);
        ref var x1 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 1));
        ref var x2 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 2));
        ref var x3 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 3));
        ref var x4 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 4));
        ref var x5 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 5));
        ref var x6 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 6));
        ref var x7 = ref Unsafe.Add(ref x, Unsafe.Add(ref windows, 7));
        var a0 = S.Create(0);
        V a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        ref var weight = ref Unsafe.Add(ref panel, (start * width) + column);
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

        Span<V> values = [a0, a1, a2, a3, a4, a5, a6, a7];
        for (var row = 0; row < Tall && (row == 0 || Unsafe.Add(ref targets, row) != Unsafe.Add(ref targets, row - 1)); row++)
            Put<S, V>(values[row], start, ref z, Unsafe.Add(ref targets, row));
    }
}
