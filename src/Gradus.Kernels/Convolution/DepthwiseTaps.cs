using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The inner loop of a depthwise convolution's weight gradient: up to nine taps over one plane.</summary>
internal static unsafe class DepthwiseTaps<T, S, V, TTaps>
    where T : unmanaged
    where S : ISimd<T, V>
    where V : struct
    where TTaps : IConstant
{
    /// <summary>sums[tap·vector …] = for each lane the chain over rows and vectors of g · x[offsets[tap]], the offsets in bytes.</summary>
    /// <remarks>
    /// g has rows of <paramref name="columns"/> elements, a multiple of <paramref name="vector"/>, <paramref name="gRow"/> apart; x has one row for each of
    /// them, <paramref name="xRow"/> apart. Of the <paramref name="vector"/> lanes one call does S.Width.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void Run(T* g, nint gRow, T* x, nint xRow, nint* offsets, int rows, int columns, int vector, T* sums)
    {
        V c0 = S.Zero, c1 = S.Zero, c2 = S.Zero, c3 = S.Zero, c4 = S.Zero, c5 = S.Zero, c6 = S.Zero, c7 = S.Zero, c8 = S.Zero;
        for (; rows > 0; rows--, g += gRow, x += xRow)
        {
            for (var column = 0; column < columns; column += vector)
            {
                var gradient = S.Load(g + column);
                var at = (byte*)(x + column);
                c0 = S.FusedMultiplyAdd(S.Load((T*)(at + offsets[0])), gradient, c0);
                if (TTaps.Value > 1) c1 = S.FusedMultiplyAdd(S.Load((T*)(at + offsets[1])), gradient, c1);
                if (TTaps.Value > 2) c2 = S.FusedMultiplyAdd(S.Load((T*)(at + offsets[2])), gradient, c2);
                if (TTaps.Value > 3) c3 = S.FusedMultiplyAdd(S.Load((T*)(at + offsets[3])), gradient, c3);
                if (TTaps.Value > 4) c4 = S.FusedMultiplyAdd(S.Load((T*)(at + offsets[4])), gradient, c4);
                if (TTaps.Value > 5) c5 = S.FusedMultiplyAdd(S.Load((T*)(at + offsets[5])), gradient, c5);
                if (TTaps.Value > 6) c6 = S.FusedMultiplyAdd(S.Load((T*)(at + offsets[6])), gradient, c6);
                if (TTaps.Value > 7) c7 = S.FusedMultiplyAdd(S.Load((T*)(at + offsets[7])), gradient, c7);
                if (TTaps.Value > 8) c8 = S.FusedMultiplyAdd(S.Load((T*)(at + offsets[8])), gradient, c8);
            }
        }

        S.Store(c0, sums);
        if (TTaps.Value > 1) S.Store(c1, sums + (1 * vector));
        if (TTaps.Value > 2) S.Store(c2, sums + (2 * vector));
        if (TTaps.Value > 3) S.Store(c3, sums + (3 * vector));
        if (TTaps.Value > 4) S.Store(c4, sums + (4 * vector));
        if (TTaps.Value > 5) S.Store(c5, sums + (5 * vector));
        if (TTaps.Value > 6) S.Store(c6, sums + (6 * vector));
        if (TTaps.Value > 7) S.Store(c7, sums + (7 * vector));
        if (TTaps.Value > 8) S.Store(c8, sums + (8 * vector));
    }
}

/// <summary>Chooses the compiled loop for a number of taps that is known only when the program runs.</summary>
internal static unsafe class DepthwiseTaps<T, S, V>
    where T : unmanaged
    where S : ISimd<T, V>
    where V : struct
{
    /// <summary>The most taps that one call does: those of a 3 × 3 kernel.</summary>
    public const int Most = 9;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int taps, T* g, nint gRow, T* x, nint xRow, nint* offsets, int rows, int columns, int vector, T* sums)
    {
        switch (taps)
        {
            case 1: DepthwiseTaps<T, S, V, Constants.One>.Run(g, gRow, x, xRow, offsets, rows, columns, vector, sums); break;
            case 2: DepthwiseTaps<T, S, V, Constants.Two>.Run(g, gRow, x, xRow, offsets, rows, columns, vector, sums); break;
            case 3: DepthwiseTaps<T, S, V, Constants.Three>.Run(g, gRow, x, xRow, offsets, rows, columns, vector, sums); break;
            case 4: DepthwiseTaps<T, S, V, Constants.Four>.Run(g, gRow, x, xRow, offsets, rows, columns, vector, sums); break;
            case 5: DepthwiseTaps<T, S, V, Constants.Five>.Run(g, gRow, x, xRow, offsets, rows, columns, vector, sums); break;
            case 6: DepthwiseTaps<T, S, V, Constants.Six>.Run(g, gRow, x, xRow, offsets, rows, columns, vector, sums); break;
            case 7: DepthwiseTaps<T, S, V, Constants.Seven>.Run(g, gRow, x, xRow, offsets, rows, columns, vector, sums); break;
            case 8: DepthwiseTaps<T, S, V, Constants.Eight>.Run(g, gRow, x, xRow, offsets, rows, columns, vector, sums); break;
            case 9: DepthwiseTaps<T, S, V, Constants.Nine>.Run(g, gRow, x, xRow, offsets, rows, columns, vector, sums); break;
            default: throw new ArgumentOutOfRangeException(nameof(taps));
        }
    }
}
