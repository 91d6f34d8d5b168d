using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>Writes a tile, whose columns are channels, into the planes of an image.</summary>
internal static unsafe class WindowTarget<T>
    where T : unmanaged
{
    /// <summary>Asks for the cache lines that a tile will be written to, one or two in each plane: they arrive while it is computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Prefetch(T* target, int lanes, nint plane, nint length)
    {
        for (var lane = 0; lane < lanes; lane++, target += plane)
        {
            CacheLines.Prefetch(target);
            CacheLines.Prefetch(target + length - 1);
        }
    }

    /// <summary>target[lane·<paramref name="plane"/> + row·<paramref name="step"/>] = tile[row, lane].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(T* tile, int pitch, int rows, int lanes, T* target, nint plane, nint step)
    {
        var side = Vector128<T>.Count;
        var lane = 0;
        if (step == 1 && rows >= side && ProductPacking<T>.HasZip)
        {
            for (; lane + side <= lanes; lane += side)
            {
                for (var row = 0; row < rows; row += side)
                {
                    // The last square overlaps the one before it where the rows are not a multiple: the same values are written twice.
                    row = Math.Min(row, rows - side);
                    ProductPacking<T>.TransposeSquare(tile + ((nint)row * pitch) + lane, pitch, target + (lane * plane) + row, plane);
                }
            }
        }

        // Four planes at a time, so that four elements share a step along the row.
        for (; lane + 4 <= lanes; lane += 4)
        {
            T* first = target + (lane * plane), second = first + plane, third = second + plane, fourth = third + plane, from = tile + lane;
            nint to = 0;
            for (var row = 0; row < rows; row++, from += pitch, to += step)
            {
                first[to] = from[0];
                second[to] = from[1];
                third[to] = from[2];
                fourth[to] = from[3];
            }
        }

        for (; lane < lanes; lane++)
        {
            var to = target + (lane * plane);
            for (var row = 0; row < rows; row++, to += step) *to = tile[((nint)row * pitch) + lane];
        }
    }
}
