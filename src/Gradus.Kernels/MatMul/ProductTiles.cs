using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Chooses the compiled tile for a height and a width that are known only when the program runs.</summary>
internal static unsafe class ProductTiles<T, TLanes, TVector>
    where T : unmanaged
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    /// <summary>Runs the tile of <paramref name="rows"/> (1 to 12) rows and one or two vectors of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOffsets>(int rows, bool two, T* a, nint aRow, in TOffsets terms, T* b, nint bStep, int k, T* c, nint cRow, T* bias, bool add)
        where TOffsets : struct, ITermOffsets
    {
        if (two) Run<TOffsets, Constants.Two>(rows, a, aRow, in terms, b, bStep, k, c, cRow, bias, add);
        else Run<TOffsets, Constants.One>(rows, a, aRow, in terms, b, bStep, k, c, cRow, bias, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TOffsets, TColumns>(int rows, T* a, nint aRow, in TOffsets terms, T* b, nint bStep, int k, T* c, nint cRow, T* bias, bool add)
        where TOffsets : struct, ITermOffsets
        where TColumns : IConstant
    {
        switch (rows)
        {
            case 1: ProductTile<T, TLanes, TVector, TOffsets, Constants.One, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 2: ProductTile<T, TLanes, TVector, TOffsets, Constants.Two, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 3: ProductTile<T, TLanes, TVector, TOffsets, Constants.Three, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 4: ProductTile<T, TLanes, TVector, TOffsets, Constants.Four, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 5: ProductTile<T, TLanes, TVector, TOffsets, Constants.Five, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 6: ProductTile<T, TLanes, TVector, TOffsets, Constants.Six, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 7: ProductTile<T, TLanes, TVector, TOffsets, Constants.Seven, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 8: ProductTile<T, TLanes, TVector, TOffsets, Constants.Eight, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 9: ProductTile<T, TLanes, TVector, TOffsets, Constants.Nine, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 10: ProductTile<T, TLanes, TVector, TOffsets, Constants.Ten, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 11: ProductTile<T, TLanes, TVector, TOffsets, Constants.Eleven, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            case 12: ProductTile<T, TLanes, TVector, TOffsets, Constants.Twelve, TColumns>.Run(a, aRow, in terms, b, bStep, k, c, cRow, bias, add); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows));
        }
    }
}
