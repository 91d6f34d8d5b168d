using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>The order of <see cref="Fold"/> for results side by side: each column goes through the lanes and the tree it would go through alone.</summary>
/// <remarks>
/// One lane after another, its rows summed in registers, eight vectors of columns at a time. The lanes come in the order in which the tree needs them (their
/// numbers with the bits reversed), so a finished lane is combined at once with those that wait, at most one for each level. Loading and storing the
/// accumulators of all lanes for each row took 108 µs instead of 63 for 1000 × 1000 along axis 0.
/// </remarks>
internal static unsafe class FoldColumns
{
    /// <summary>Rows of memory for the results that wait, one for each level of the tree and one for the lane in hand.</summary>
    public const int Levels = 7;

    /// <summary>
    /// Reduces at most <see cref="Fold.Block"/> rows of the line, from row <paramref name="from"/> on; the result is the first of the <see cref="Levels"/> rows
    /// of <paramref name="waiting"/>.
    /// </summary>
    [SkipLocalsInit]
    public static void OneBlock<T, TReduction>(T* x, Line* line, nint from, int rows, int width, T* waiting)
        where T : unmanaged where TReduction : struct, IReduction
    {
        var starts = stackalloc T*[Fold.Block / Fold.Lanes];
        var lanes = Fold.Span(rows);
        var depth = 0;
        for (var leaf = 0; leaf < lanes; leaf++)
        {
            var lane = Reversed(leaf, lanes);
            var count = 0;
            if (line->IsUniform)
            {
                var start = x + ((from + lane) * line->Step);
                for (var row = lane; row < rows; row += Fold.Lanes, start += Fold.Lanes * line->Step) starts[count++] = start;
            }
            else
            {
                for (var row = lane; row < rows; row += Fold.Lanes) starts[count++] = x + line->Offset(from + row);
            }

            var merges = BitOperations.TrailingZeroCount(leaf + 1);
            Chain<T, TReduction>(starts, count, width, waiting + (depth * width), merges);
            depth += 1 - merges;
        }
    }

    /// <summary>
    /// As <see cref="OneBlock"/> for rows that follow each other in memory: 64 of them are one row of all lanes. Better where a row is shorter than a vector.
    /// </summary>
    /// <param name="x">The first row.</param>
    /// <param name="rows">Rows, at most <see cref="Fold.Block"/>.</param>
    /// <param name="width">Columns.</param>
    /// <param name="lanes">Memory of 64 rows; the first holds the result.</param>
    [SkipLocalsInit]
    public static void OneBlockOfAdjacent<T, TReduction>(T* x, int rows, int width, T* lanes) where T : unmanaged where TReduction : struct, IReduction
    {
        var starts = stackalloc T*[(Fold.Block / Fold.Lanes) + 1];
        var rounds = rows / Fold.Lanes;
        for (var round = 0; round <= rounds; round++) starts[round] = x + (round * Fold.Lanes * width);
        var longer = rows % Fold.Lanes * width;
        Chain<T, TReduction>(starts, rounds + 1, longer, lanes, 0);
        for (var round = 0; round <= rounds; round++) starts[round] += longer;
        Chain<T, TReduction>(starts, rounds, (Fold.Span(rows) * width) - longer, lanes + longer, 0);
        Fold.Tree<T, TReduction>(lanes, rows, width);
    }

    private static int Reversed(int leaf, int lanes)
    {
        var lane = 0;
        for (var bit = 1; bit < lanes; bit *= 2) lane = (lane * 2) + ((leaf & bit) != 0 ? 1 : 0);
        return lane;
    }

    private static void Chain<T, TReduction>(T** starts, int count, int width, T* z, int merges) where T : unmanaged where TReduction : struct, IReduction
    {
        if (Vector512.IsHardwareAccelerated) Chain<T, TReduction, Simd512<T>, Vector512<T>>(starts, count, width, z, merges);
        else if (Vector256.IsHardwareAccelerated) Chain<T, TReduction, Simd256<T>, Vector256<T>>(starts, count, width, z, merges);
        else Chain<T, TReduction, Simd128<T>, Vector128<T>>(starts, count, width, z, merges);
    }

    /// <summary>
    /// Combines <paramref name="count"/> rows one after the other, then that with the <paramref name="merges"/> rows before z, the nearest first, in place of
    /// the farthest of them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Chain<T, TReduction, S, V>(T** starts, int count, int width, T* z, int merges)
        where T : unmanaged where TReduction : struct, IReduction where S : ISimd<T, V> where V : struct
    {
        var identity = S.Create(TReduction.Identity<T>());
        var column = 0;
        for (; column <= width - (8 * S.Width); column += 8 * S.Width)
        {
            var a = identity;
            var b = identity;
            var c = identity;
            var d = identity;
            var e = identity;
            var f = identity;
            var g = identity;
            var h = identity;
            for (var row = 0; row < count; row++)
            {
                var x = starts[row] + column;
                a = TReduction.Combine<T, S, V>(a, S.Load(x));
                b = TReduction.Combine<T, S, V>(b, S.Load(x + S.Width));
                c = TReduction.Combine<T, S, V>(c, S.Load(x + (2 * S.Width)));
                d = TReduction.Combine<T, S, V>(d, S.Load(x + (3 * S.Width)));
                e = TReduction.Combine<T, S, V>(e, S.Load(x + (4 * S.Width)));
                f = TReduction.Combine<T, S, V>(f, S.Load(x + (5 * S.Width)));
                g = TReduction.Combine<T, S, V>(g, S.Load(x + (6 * S.Width)));
                h = TReduction.Combine<T, S, V>(h, S.Load(x + (7 * S.Width)));
            }

            var to = z + column;
            for (var merge = 0; merge < merges; merge++)
            {
                to -= width;
                a = TReduction.Combine<T, S, V>(S.Load(to), a);
                b = TReduction.Combine<T, S, V>(S.Load(to + S.Width), b);
                c = TReduction.Combine<T, S, V>(S.Load(to + (2 * S.Width)), c);
                d = TReduction.Combine<T, S, V>(S.Load(to + (3 * S.Width)), d);
                e = TReduction.Combine<T, S, V>(S.Load(to + (4 * S.Width)), e);
                f = TReduction.Combine<T, S, V>(S.Load(to + (5 * S.Width)), f);
                g = TReduction.Combine<T, S, V>(S.Load(to + (6 * S.Width)), g);
                h = TReduction.Combine<T, S, V>(S.Load(to + (7 * S.Width)), h);
            }

            S.Store(a, to);
            S.Store(b, to + S.Width);
            S.Store(c, to + (2 * S.Width));
            S.Store(d, to + (3 * S.Width));
            S.Store(e, to + (4 * S.Width));
            S.Store(f, to + (5 * S.Width));
            S.Store(g, to + (6 * S.Width));
            S.Store(h, to + (7 * S.Width));
        }

        for (; column <= width - S.Width; column += S.Width)
        {
            var a = identity;
            for (var row = 0; row < count; row++) a = TReduction.Combine<T, S, V>(a, S.Load(starts[row] + column));
            var to = z + column;
            for (var merge = 0; merge < merges; merge++)
            {
                to -= width;
                a = TReduction.Combine<T, S, V>(S.Load(to), a);
            }

            S.Store(a, to);
        }

        if (column < width)
        {
            var left = width - column;
            var a = identity;
            for (var row = 0; row < count; row++) a = TReduction.Combine<T, S, V>(a, S.LoadPartial(starts[row] + column, left, identity));
            var to = z + column;
            for (var merge = 0; merge < merges; merge++)
            {
                to -= width;
                a = TReduction.Combine<T, S, V>(S.LoadPartial(to, left, identity), a);
            }

            S.StorePartial(a, to, left);
        }
    }
}
