using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>One tile of C in registers: up to 12 rows of one or two vectors, over one segment of k.</summary>
/// <remarks>
/// The same source serves every height, width and vector: <typeparamref name="TRows"/> and <typeparamref name="TColumns"/> are constants to the
/// compiler, which drops the rows that a tile does not have. A is read through a stride from row to row and <typeparamref name="TOffsets"/> from term to term,
/// so packed panels, matrices in place and windows of an image are one case; nothing is read outside the tile's rows and columns. All accumulators stay in
/// registers, and the loop of 12 rows of two vectors is 24 multiply-adds, 14 loads and 7 further instructions.
/// </remarks>
internal static unsafe class ProductTile<T, TLanes, TVector, TOffsets, TRows, TColumns>
    where T : unmanaged
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
    where TOffsets : struct, ITermOffsets
    where TRows : IConstant
    where TColumns : IConstant
{
    /// <summary>
    /// Computes the tile; adds it to <paramref name="c"/> or stores it; adds <paramref name="bias"/> (one for each column) if it is not null.
    /// </summary>
    /// <param name="a">Row 0 of A.</param>
    /// <param name="aRow">Elements from one row of A to the next.</param>
    /// <param name="terms">Where the terms of a row lie. By reference: handed on as a value, it cost a convolution 2 to 3 %.</param>
    /// <param name="b">Row 0 of B, one or two vectors of it.</param>
    /// <param name="bStep">Elements from one row of B to the next.</param>
    /// <param name="k">The number of terms.</param>
    /// <param name="c">The tile, one or two vectors a row.</param>
    /// <param name="cRow">Elements from one row of the tile to the next.</param>
    /// <param name="bias">What is added last, or null.</param>
    /// <param name="add">Whether to add to what is in the tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void Run(T* a, nint aRow, in TOffsets terms, T* b, nint bStep, int k, T* c, nint cRow, T* bias, bool add)
    {
        // In bytes: a step in elements is a scaled addition (lea), which fewer of a processor's units do than a plain one.
        aRow *= sizeof(T);
        bStep *= sizeof(T);
        // One pointer reaches four rows within x86 addressing and goes on to the next four: a pointer for every three left too few registers.
        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow, aRow4 = 4 * aRow;
        var offsets = terms;
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

        for (; k != 0; k--)
        {
            var left = TLanes.Load(b);
            var right = TColumns.Value == 2 ? TLanes.Load(b + TLanes.Count) : left;
            b = (T*)((byte*)b + bStep);
            var at = (byte*)a + offsets.Current;
            offsets.Next();
            Row(at, left, right, ref c0L, ref c0R);
            if (TRows.Value > 1) Row(at + aRow, left, right, ref c1L, ref c1R);
            if (TRows.Value > 2) Row(at + aRow2, left, right, ref c2L, ref c2R);
            if (TRows.Value > 3) Row(at + aRow3, left, right, ref c3L, ref c3R);
            if (TRows.Value > 4) at += aRow4;
            if (TRows.Value > 4) Row(at, left, right, ref c4L, ref c4R);
            if (TRows.Value > 5) Row(at + aRow, left, right, ref c5L, ref c5R);
            if (TRows.Value > 6) Row(at + aRow2, left, right, ref c6L, ref c6R);
            if (TRows.Value > 7) Row(at + aRow3, left, right, ref c7L, ref c7R);
            if (TRows.Value > 8) at += aRow4;
            if (TRows.Value > 8) Row(at, left, right, ref c8L, ref c8R);
            if (TRows.Value > 9) Row(at + aRow, left, right, ref c9L, ref c9R);
            if (TRows.Value > 10) Row(at + aRow2, left, right, ref c10L, ref c10R);
            if (TRows.Value > 11) Row(at + aRow3, left, right, ref c11L, ref c11R);
        }

        Finish(c0L, c0R, c, bias, add);
        if (TRows.Value > 1) Finish(c1L, c1R, c + cRow, bias, add);
        if (TRows.Value > 2) Finish(c2L, c2R, c + (2 * cRow), bias, add);
        if (TRows.Value > 3) Finish(c3L, c3R, c + (3 * cRow), bias, add);
        if (TRows.Value > 4) Finish(c4L, c4R, c + (4 * cRow), bias, add);
        if (TRows.Value > 5) Finish(c5L, c5R, c + (5 * cRow), bias, add);
        if (TRows.Value > 6) Finish(c6L, c6R, c + (6 * cRow), bias, add);
        if (TRows.Value > 7) Finish(c7L, c7R, c + (7 * cRow), bias, add);
        if (TRows.Value > 8) Finish(c8L, c8R, c + (8 * cRow), bias, add);
        if (TRows.Value > 9) Finish(c9L, c9R, c + (9 * cRow), bias, add);
        if (TRows.Value > 10) Finish(c10L, c10R, c + (10 * cRow), bias, add);
        if (TRows.Value > 11) Finish(c11L, c11R, c + (11 * cRow), bias, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(byte* a, TVector left, TVector right, ref TVector cL, ref TVector cR)
    {
        var x = TLanes.Broadcast(*(T*)a);
        cL = TLanes.MultiplyAdd(x, left, cL);
        if (TColumns.Value == 2) cR = TLanes.MultiplyAdd(x, right, cR);
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
