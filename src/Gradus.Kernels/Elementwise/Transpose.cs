using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Copies in which the source's unit stride and the output's unit stride lie on different axes, in square tiles that stay in the first-level cache.</summary>
/// <remarks>A plain row-by-row copy of a transposed 1024 × 1024 float32 matrix touches a new cache line and page for every element.</remarks>
internal static unsafe class Transpose
{
    private const int Tile = 32;

    /// <summary>Runs the copy if it is a transposition of at least one tile; else leaves everything as it was.</summary>
    public static bool TryRun<T>(ref Nest nest, byte** bases, nint grain) where T : unmanaged
    {
        if (nest.Rank < 2 || nest.Count < Tile * Tile) return false;
        var inner = nest.Rank - 1;
        if (nest.Stride(0, inner) != sizeof(T) || nest.Stride(1, inner) == sizeof(T) || nest.Stride(1, inner) == 0) return false;
        var across = -1;
        for (var axis = 0; axis < inner; axis++)
        {
            if (nest.Stride(1, axis) == sizeof(T)) across = axis;
        }

        if (across < 0 || nest.Size(across) < 4 || nest.Size(inner) < 4) return false;
        var rows = (nint)nest.Size(across);
        var columns = (nint)nest.Size(inner);
        var xStride = (nint)nest.Stride(1, inner) / sizeof(T);
        var zStride = (nint)nest.Stride(0, across) / sizeof(T);
        nest.Remove(inner);
        nest.Remove(across);
        var rest = nest;
        // The nests count bands of Tile rows from here on, and so does the grain.
        var bands = Math.Max(1, grain / (Tile * columns));
        if (rows >= Tile)
        {
            nest.Append(rows / Tile, Tile * zStride * sizeof(T), Tile * sizeof(T));
            nest.Walk(new Band<T>(Tile, columns, xStride, zStride), bases, bands);
        }

        if (rows % Tile != 0)
        {
            var done = rows / Tile * Tile;
            bases[0] += done * zStride * sizeof(T);
            bases[1] += done * sizeof(T);
            rest.Append(1, 0, 0);
            rest.Walk(new Band<T>(rows % Tile, columns, xStride, zStride), bases, bands);
        }

        return true;
    }

    /// <summary>Tile rows × columns elements: z[r, c] = x[c, r], both with unit stride along their own inner axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyBand<T>(T* x, nint xs, T* z, nint zs, nint rows, nint columns) where T : unmanaged
    {
        for (nint start = 0; start < columns; start += Tile)
        {
            var end = Math.Min(columns, start + Tile);
            for (nint row = 0; row < rows; row++)
            {
                var from = x + row;
                var to = z + (row * zs);
                for (var column = start; column < end; column++) to[column] = from[column * xs];
            }
        }
    }

    private readonly struct Band<T>(nint rows, nint columns, nint xStride, nint zStride) : INestBody where T : unmanaged
    {
        public void Run(nint count, byte** p, nint* s)
        {
            for (nint band = 0; band < count; band++) CopyBand((T*)(p[1] + (band * s[1])), xStride, (T*)(p[0] + (band * s[0])), zStride, rows, columns);
        }
    }
}
