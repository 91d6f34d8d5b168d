using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Chooses the compiled window tile for a height and a width that are known only when the program runs.</summary>
internal static unsafe class WindowTiles<T, TLanes, TVector>
    where T : unmanaged
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    /// <summary>Runs the tile of <paramref name="rows"/> (1 to 12) rows and one or two vectors of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int rows, bool two, T* a, nint aRow, nint* offsets, T* b, int k, T* c, nint cRow, T* bias, bool add, byte* ahead, nint aheadStep)
    {
        if (two) Run<Constants.Two>(rows, a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep);
        else Run<Constants.One>(rows, a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TColumns>(int rows, T* a, nint aRow, nint* offsets, T* b, int k, T* c, nint cRow, T* bias, bool add, byte* ahead, nint aheadStep)
        where TColumns : IConstant
    {
        switch (rows)
        {
            case 1: WindowTile<T, TLanes, TVector, Constants.One, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 2: WindowTile<T, TLanes, TVector, Constants.Two, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 3: WindowTile<T, TLanes, TVector, Constants.Three, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 4: WindowTile<T, TLanes, TVector, Constants.Four, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 5: WindowTile<T, TLanes, TVector, Constants.Five, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 6: WindowTile<T, TLanes, TVector, Constants.Six, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 7: WindowTile<T, TLanes, TVector, Constants.Seven, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 8: WindowTile<T, TLanes, TVector, Constants.Eight, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 9: WindowTile<T, TLanes, TVector, Constants.Nine, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 10: WindowTile<T, TLanes, TVector, Constants.Ten, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 11: WindowTile<T, TLanes, TVector, Constants.Eleven, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            case 12: WindowTile<T, TLanes, TVector, Constants.Twelve, TColumns>.Run(a, aRow, offsets, b, k, c, cRow, bias, add, ahead, aheadStep); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows));
        }
    }
}
