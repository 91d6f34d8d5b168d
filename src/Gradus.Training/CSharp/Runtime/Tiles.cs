using System.Runtime.CompilerServices;

namespace Gradus.Exported;

/// <summary>The inner loops of products of rows: sums that stay in registers.</summary>
internal static class Tiles
{
    /// <summary>A segment of six rows by two vectors of outputs. Rows that are missing at the end are the last one once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Six<S, V>(
        ref float x, ref int starts, TileRows rows, ref int places, int start, int end, ref float panel, nint width, ref float bias, ref float z)
        where S : ILanes<V> where V : struct
    {
        nint r0 = rows.At(0), r1 = rows.At(1), r2 = rows.At(2), r3 = rows.At(3), r4 = rows.At(4), r5 = rows.At(5), pitch = rows.Pitch;
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
    public static void Eight<S, V>(
        ref float x, ref int starts, TileRows rows, ref int places, int start, int end, ref float panel, nint width, ref float bias, ref float z)
        where S : ILanes<V> where V : struct
    {
        nint r0 = rows.At(0), r1 = rows.At(1), r2 = rows.At(2), r3 = rows.At(3), r4 = rows.At(4), r5 = rows.At(5), r6 = rows.At(6), r7 = rows.At(7);
        nint pitch = rows.Pitch;
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
