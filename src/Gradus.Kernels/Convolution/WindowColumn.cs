using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>One vector of windows in each of up to eight rows, for one channel of the target: the tile of <see cref="WindowRows{T, S, V}"/>.</summary>
internal static unsafe class WindowColumn<T, S, V, TRows>
    where T : unmanaged
    where S : ISimd<T, V>
    where V : struct
    where TRows : IConstant
{
    /// <summary>
    /// c[row] = Σ over terms of a[row·aRow + offsets[p]] · b[p], added to what is there if <paramref name="add"/>, + <paramref name="bias"/>[0] unless that is
    /// null.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void Run(T* a, nint aRow, nint* offsets, T* b, int k, T* c, T* bias, bool add)
    {
        byte* start0 = (byte*)a, start3 = (byte*)(a + (3 * aRow)), start6 = (byte*)(a + (6 * aRow));
        var aRow2 = 2 * aRow;
        V c0 = S.Zero, c1 = S.Zero, c2 = S.Zero, c3 = S.Zero, c4 = S.Zero, c5 = S.Zero, c6 = S.Zero, c7 = S.Zero;

        for (; k > 0; k--)
        {
            var weight = S.Create(*b++);
            var offset = *offsets++;
            var at = (T*)(start0 + offset);
            c0 = S.FusedMultiplyAdd(S.Load(at), weight, c0);
            if (TRows.Value > 1) c1 = S.FusedMultiplyAdd(S.Load(at + aRow), weight, c1);
            if (TRows.Value > 2) c2 = S.FusedMultiplyAdd(S.Load(at + aRow2), weight, c2);
            if (TRows.Value > 3) at = (T*)(start3 + offset);
            if (TRows.Value > 3) c3 = S.FusedMultiplyAdd(S.Load(at), weight, c3);
            if (TRows.Value > 4) c4 = S.FusedMultiplyAdd(S.Load(at + aRow), weight, c4);
            if (TRows.Value > 5) c5 = S.FusedMultiplyAdd(S.Load(at + aRow2), weight, c5);
            if (TRows.Value > 6) at = (T*)(start6 + offset);
            if (TRows.Value > 6) c6 = S.FusedMultiplyAdd(S.Load(at), weight, c6);
            if (TRows.Value > 7) c7 = S.FusedMultiplyAdd(S.Load(at + aRow), weight, c7);
        }

        Finish(c0, c, bias, add);
        if (TRows.Value > 1) Finish(c1, c + (1 * S.Width), bias, add);
        if (TRows.Value > 2) Finish(c2, c + (2 * S.Width), bias, add);
        if (TRows.Value > 3) Finish(c3, c + (3 * S.Width), bias, add);
        if (TRows.Value > 4) Finish(c4, c + (4 * S.Width), bias, add);
        if (TRows.Value > 5) Finish(c5, c + (5 * S.Width), bias, add);
        if (TRows.Value > 6) Finish(c6, c + (6 * S.Width), bias, add);
        if (TRows.Value > 7) Finish(c7, c + (7 * S.Width), bias, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(V sum, T* c, T* bias, bool add)
    {
        if (add) sum = S.Add(S.Load(c), sum);
        if (bias != null) sum = S.Add(sum, S.Create(*bias));
        S.Store(sum, c);
    }
}

/// <summary>Chooses the compiled column for a height that is known only when the program runs.</summary>
internal static unsafe class WindowColumns<T, S, V>
    where T : unmanaged
    where S : ISimd<T, V>
    where V : struct
{
    /// <summary>Rows of the tallest column: with four, the multiply-adds of depthwise 3 × 3 wait for one another.</summary>
    public const int MaxRows = 8;

    /// <summary>Runs the column of <paramref name="rows"/> (1 to 8) rows; <paramref name="c"/> is a dense tile of as many vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int rows, T* a, nint aRow, nint* offsets, T* b, int k, T* c, T* bias, bool add)
    {
        switch (rows)
        {
            case 1: WindowColumn<T, S, V, Constants.One>.Run(a, aRow, offsets, b, k, c, bias, add); break;
            case 2: WindowColumn<T, S, V, Constants.Two>.Run(a, aRow, offsets, b, k, c, bias, add); break;
            case 3: WindowColumn<T, S, V, Constants.Three>.Run(a, aRow, offsets, b, k, c, bias, add); break;
            case 4: WindowColumn<T, S, V, Constants.Four>.Run(a, aRow, offsets, b, k, c, bias, add); break;
            case 5: WindowColumn<T, S, V, Constants.Five>.Run(a, aRow, offsets, b, k, c, bias, add); break;
            case 6: WindowColumn<T, S, V, Constants.Six>.Run(a, aRow, offsets, b, k, c, bias, add); break;
            case 7: WindowColumn<T, S, V, Constants.Seven>.Run(a, aRow, offsets, b, k, c, bias, add); break;
            case 8: WindowColumn<T, S, V, Constants.Eight>.Run(a, aRow, offsets, b, k, c, bias, add); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows));
        }
    }
}
