using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>
/// One tile of a product whose left operand is read in place, through a table of offsets: up to 12 rows of one or two vectors, over one segment of the sum.
/// </summary>
/// <remarks>
/// Row r, term p of the left operand is <c>a[r·aRow + offsets[p]]</c>: a window of an image needs no copy of its own (im2col), since the offsets of its taps
/// are the same for every window. Chains and bits are those of <see cref="ProductTile{T, TLanes, TVector, TRows, TColumns}"/>. The table costs one load in 24
/// multiply-adds.
/// </remarks>
internal static unsafe class WindowTile<T, TLanes, TVector, TRows, TColumns>
    where T : unmanaged
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
    where TRows : IConstant
    where TColumns : IConstant
{
    /// <summary>
    /// Computes the tile; adds it to <paramref name="c"/> or stores it; adds <paramref name="bias"/> (one for each column) if it is not null.
    /// </summary>
    /// <param name="a">Row 0 of the left operand.</param>
    /// <param name="aRow">Elements from one row to the next.</param>
    /// <param name="offsets">For each term, how many bytes it lies from its row's pointer.</param>
    /// <param name="b">The right operand, one or two vectors a term, densely.</param>
    /// <param name="k">The number of terms.</param>
    /// <param name="c">The tile, one or two vectors a row.</param>
    /// <param name="cRow">Elements from one row of the tile to the next.</param>
    /// <param name="bias">What is added last, or null.</param>
    /// <param name="add">Whether to add to what is in the tile.</param>
    /// <param name="ahead">Memory to ask for meanwhile, or null.</param>
    /// <param name="aheadStep">Bytes that this goes on with each term.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void Run(T* a, nint aRow, nint* offsets, T* b, int k, T* c, nint cRow, T* bias, bool add, byte* ahead, nint aheadStep)
    {
        // Nothing to ask for: a line that is there already.
        if (ahead == null) ahead = (byte*)a;
        // Four pointers and two offsets reach twelve rows within x86 addressing.
        byte* start0 = (byte*)a, start3 = (byte*)(a + (3 * aRow)), start6 = (byte*)(a + (6 * aRow)), start9 = (byte*)(a + (9 * aRow));
        var aRow2 = 2 * aRow;
        var step = TColumns.Value * TLanes.Count;
        TVector c0L = default, c0R = default;
        TVector c1L = default, c1R = default;
        TVector c2L = default, c2R = default;
        TVector c3L = default, c3R = default;
        TVector c4L = default, c4R = default;
        TVector c5L = default, c5R = default;
        TVector c6L = default, c6R = default;
        TVector c7L = default, c7R = default;
        TVector c8L = default, c8R = default;
        TVector c9L = default, c9R = default;
        TVector c10L = default, c10R = default;
        TVector c11L = default, c11R = default;

        for (; k > 0; k--)
        {
            var left = TLanes.Load(b);
            var right = TColumns.Value == 2 ? TLanes.Load(b + TLanes.Count) : left;
            var offset = *offsets;
            CacheLines.Prefetch(ahead);
            ahead += aheadStep;
            var at = (T*)(start0 + offset);

            var x = TLanes.Broadcast(at[0]);
            c0L = TLanes.MultiplyAdd(x, left, c0L);
            if (TColumns.Value == 2) c0R = TLanes.MultiplyAdd(x, right, c0R);

            if (TRows.Value > 1)
            {
                x = TLanes.Broadcast(at[aRow]);
                c1L = TLanes.MultiplyAdd(x, left, c1L);
                if (TColumns.Value == 2) c1R = TLanes.MultiplyAdd(x, right, c1R);
            }

            if (TRows.Value > 2)
            {
                x = TLanes.Broadcast(at[aRow2]);
                c2L = TLanes.MultiplyAdd(x, left, c2L);
                if (TColumns.Value == 2) c2R = TLanes.MultiplyAdd(x, right, c2R);
            }

            if (TRows.Value > 3)
            {
                at = (T*)(start3 + offset);
                x = TLanes.Broadcast(at[0]);
                c3L = TLanes.MultiplyAdd(x, left, c3L);
                if (TColumns.Value == 2) c3R = TLanes.MultiplyAdd(x, right, c3R);
            }

            if (TRows.Value > 4)
            {
                x = TLanes.Broadcast(at[aRow]);
                c4L = TLanes.MultiplyAdd(x, left, c4L);
                if (TColumns.Value == 2) c4R = TLanes.MultiplyAdd(x, right, c4R);
            }

            if (TRows.Value > 5)
            {
                x = TLanes.Broadcast(at[aRow2]);
                c5L = TLanes.MultiplyAdd(x, left, c5L);
                if (TColumns.Value == 2) c5R = TLanes.MultiplyAdd(x, right, c5R);
            }

            if (TRows.Value > 6)
            {
                at = (T*)(start6 + offset);
                x = TLanes.Broadcast(at[0]);
                c6L = TLanes.MultiplyAdd(x, left, c6L);
                if (TColumns.Value == 2) c6R = TLanes.MultiplyAdd(x, right, c6R);
            }

            if (TRows.Value > 7)
            {
                x = TLanes.Broadcast(at[aRow]);
                c7L = TLanes.MultiplyAdd(x, left, c7L);
                if (TColumns.Value == 2) c7R = TLanes.MultiplyAdd(x, right, c7R);
            }

            if (TRows.Value > 8)
            {
                x = TLanes.Broadcast(at[aRow2]);
                c8L = TLanes.MultiplyAdd(x, left, c8L);
                if (TColumns.Value == 2) c8R = TLanes.MultiplyAdd(x, right, c8R);
            }

            if (TRows.Value > 9)
            {
                at = (T*)(start9 + offset);
                x = TLanes.Broadcast(at[0]);
                c9L = TLanes.MultiplyAdd(x, left, c9L);
                if (TColumns.Value == 2) c9R = TLanes.MultiplyAdd(x, right, c9R);
            }

            if (TRows.Value > 10)
            {
                x = TLanes.Broadcast(at[aRow]);
                c10L = TLanes.MultiplyAdd(x, left, c10L);
                if (TColumns.Value == 2) c10R = TLanes.MultiplyAdd(x, right, c10R);
            }

            if (TRows.Value > 11)
            {
                x = TLanes.Broadcast(at[aRow2]);
                c11L = TLanes.MultiplyAdd(x, left, c11L);
                if (TColumns.Value == 2) c11R = TLanes.MultiplyAdd(x, right, c11R);
            }

            b += step;
            offsets++;
        }

        Finish(c0L, c0R, c, bias, add);
        if (TRows.Value == 1) return;
        Finish(c1L, c1R, c + cRow, bias, add);
        if (TRows.Value == 2) return;
        Finish(c2L, c2R, c + (2 * cRow), bias, add);
        if (TRows.Value == 3) return;
        Finish(c3L, c3R, c + (3 * cRow), bias, add);
        if (TRows.Value == 4) return;
        Finish(c4L, c4R, c + (4 * cRow), bias, add);
        if (TRows.Value == 5) return;
        Finish(c5L, c5R, c + (5 * cRow), bias, add);
        if (TRows.Value == 6) return;
        Finish(c6L, c6R, c + (6 * cRow), bias, add);
        if (TRows.Value == 7) return;
        Finish(c7L, c7R, c + (7 * cRow), bias, add);
        if (TRows.Value == 8) return;
        Finish(c8L, c8R, c + (8 * cRow), bias, add);
        if (TRows.Value == 9) return;
        Finish(c9L, c9R, c + (9 * cRow), bias, add);
        if (TRows.Value == 10) return;
        Finish(c10L, c10R, c + (10 * cRow), bias, add);
        if (TRows.Value == 11) return;
        Finish(c11L, c11R, c + (11 * cRow), bias, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TVector left, TVector right, T* c, T* bias, bool add)
    {
        if (add)
        {
            left = TLanes.Add(TLanes.Load(c), left);
            if (TColumns.Value == 2) right = TLanes.Add(TLanes.Load(c + TLanes.Count), right);
        }

        if (bias != null)
        {
            left = TLanes.Add(left, TLanes.Load(bias));
            if (TColumns.Value == 2) right = TLanes.Add(right, TLanes.Load(bias + TLanes.Count));
        }

        TLanes.Store(left, c);
        if (TColumns.Value == 2) TLanes.Store(right, c + TLanes.Count);
    }
}
