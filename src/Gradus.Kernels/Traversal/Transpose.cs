using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Kernels;

/// <summary>
/// Copies in which the source's unit stride and the output's unit stride lie on different axes, in square tiles that stay in the first-level cache.
/// </summary>
/// <remarks>A plain row-by-row copy of a transposed 1024 × 1024 float32 matrix touches a new cache line and page for every element.</remarks>
internal static unsafe class Transpose
{
    private const int Tile = 32;

    /// <summary>Runs the copy if it is a transposition of at least one tile; else leaves everything as it was.</summary>
    public static bool TryRun<T>(ref Nest nest, Operands at, nint grain) where T : unmanaged
    {
        if (nest.Rank < 2 || nest.Count < Tile * Tile) return false;
        var inner = nest.Rank - 1;
        if (nest.Strides(inner).Output != sizeof(T) || nest.Strides(inner).First == sizeof(T) || nest.Strides(inner).First == 0) return false;
        var across = -1;
        for (var axis = 0; axis < inner; axis++)
        {
            if (nest.Strides(axis).First == sizeof(T)) across = axis;
        }

        if (across < 0 || nest.Size(across) < 4 || nest.Size(inner) < 4) return false;
        var rows = nest.Size(across);
        var columns = nest.Size(inner);
        var xStride = nest.Strides(inner).First / sizeof(T);
        var zStride = nest.Strides(across).Output / sizeof(T);
        nest.Remove(inner);
        nest.Remove(across);
        var rest = nest;
        // The nests count bands of Tile rows from here on, and so does the grain.
        var bands = Math.Max(1, grain / (Tile * columns));
        if (rows >= Tile)
        {
            nest.Append(rows / Tile, new Operands { Output = Tile * zStride * sizeof(T), First = Tile * sizeof(T) });
            nest.Walk(new Band<T>(Tile, columns, xStride, zStride), at, bands);
        }

        if (rows % Tile != 0)
        {
            var done = rows / Tile * Tile;
            at.Move(done, new Operands { Output = zStride * sizeof(T), First = sizeof(T) });
            rest.Append(1, default);
            rest.Walk(new Band<T>(rows % Tile, columns, xStride, zStride), at, bands);
        }

        return true;
    }

    /// <summary>z[r, c] = x[c, r] for a band of rows; both have unit stride along their own inner axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyBand<T>(T* x, nint xs, T* z, nint zs, nint rows, nint columns) where T : unmanaged
    {
        nint done = 0;
        if (Avx.IsSupported && (sizeof(T) == 4 || sizeof(T) == 8) && rows % 8 == 0)
        {
            // 16 columns at a time: whole cache lines of the output.
            for (; done <= columns - 16; done += 16)
            {
                for (nint row = 0; row < rows; row += 8)
                {
                    for (var column = done; column < done + 16; column += 8)
                    {
                        if (sizeof(T) == 4) Eight((float*)x + (column * xs) + row, xs, (float*)z + (row * zs) + column, zs);
                        else Four((double*)x + (column * xs) + row, xs, (double*)z + (row * zs) + column, zs);
                    }
                }
            }
        }

        for (nint row = 0; row < rows; row++)
        {
            for (var column = done; column < columns; column++) z[(row * zs) + column] = x[(column * xs) + row];
        }
    }

    /// <summary>8 × 8 elements of 4 bytes through registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* x, nint xs, float* z, nint zs)
    {
        for (var half = 0; half < 2; half++)
        {
            // Columns c and c + 4 share a register, so that what leaves it is rows of eight.
            var c0 = Vector256.Create(Vector128.Load(x), Vector128.Load(x + (4 * xs)));
            var c1 = Vector256.Create(Vector128.Load(x + xs), Vector128.Load(x + (5 * xs)));
            var c2 = Vector256.Create(Vector128.Load(x + (2 * xs)), Vector128.Load(x + (6 * xs)));
            var c3 = Vector256.Create(Vector128.Load(x + (3 * xs)), Vector128.Load(x + (7 * xs)));
            var low01 = Avx.UnpackLow(c0, c1);
            var high01 = Avx.UnpackHigh(c0, c1);
            var low23 = Avx.UnpackLow(c2, c3);
            var high23 = Avx.UnpackHigh(c2, c3);
            Avx.Shuffle(low01, low23, 0x44).Store(z);
            Avx.Shuffle(low01, low23, 0xEE).Store(z + zs);
            Avx.Shuffle(high01, high23, 0x44).Store(z + (2 * zs));
            Avx.Shuffle(high01, high23, 0xEE).Store(z + (3 * zs));
            x += 4;
            z += 4 * zs;
        }
    }

    /// <summary>8 × 8 elements of 8 bytes, 4 × 4 at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(double* x, nint xs, double* z, nint zs)
    {
        for (var part = 0; part < 4; part++)
        {
            var from = x + (4 * (part & 1)) + (4 * (part >> 1) * xs);
            var to = z + (4 * (part & 1) * zs) + (4 * (part >> 1));
            var low0 = Vector256.Create(Vector128.Load(from), Vector128.Load(from + (2 * xs)));
            var low1 = Vector256.Create(Vector128.Load(from + xs), Vector128.Load(from + (3 * xs)));
            var high0 = Vector256.Create(Vector128.Load(from + 2), Vector128.Load(from + 2 + (2 * xs)));
            var high1 = Vector256.Create(Vector128.Load(from + 2 + xs), Vector128.Load(from + 2 + (3 * xs)));
            Avx.UnpackLow(low0, low1).Store(to);
            Avx.UnpackHigh(low0, low1).Store(to + zs);
            Avx.UnpackLow(high0, high1).Store(to + (2 * zs));
            Avx.UnpackHigh(high0, high1).Store(to + (3 * zs));
        }
    }

    private readonly struct Band<T>(nint rows, nint columns, nint xStride, nint zStride) : INestBody where T : unmanaged
    {
        public void Run(NestRows* bands)
        {
            var at = bands->Start;
            for (nint row = 0; row < bands->Count; row++, at.Move(1, bands->Step)) Row(bands->Length, at, bands->Strides);
        }

        private void Row(nint count, Operands at, Operands strides)
        {
            for (nint band = 0; band < count; band++)
            {
                CopyBand((T*)(at.First + (band * strides.First)), xStride, (T*)(at.Output + (band * strides.Output)), zStride, rows, columns);
            }
        }
    }
}
