using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>C −= A·B for row-major parts of matrices: the work of every elimination and substitution, in tiles that stay in registers.</summary>
/// <remarks>
/// Each element of C is one chain of fused multiply-adds in the order of A's columns, at any tile and vector width, so that cutting an elimination into blocks
/// changes no bit.
/// </remarks>
internal static unsafe class Elimination<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Columns of A that are taken at a time.</summary>
    private const int Depth = 64;

    /// <summary>C −= A·B: C is [rows, columns], A is [rows, depth]; a stride is from row to row.</summary>
    public static void SubtractProduct(int rows, int columns, int depth, T* a, nint aStride, T* b, nint bStride, T* c, nint cStride)
    {
        for (var k = 0; k < depth; k += Depth)
        {
            var count = Math.Min(Depth, depth - k);
            if (Vector512.IsHardwareAccelerated)
                Run<Simd512<T>, Vector512<T>>(rows, columns, count, a + k, aStride, b + (k * bStride), bStride, c, cStride);
            else if (Vector256.IsHardwareAccelerated)
                Run<Simd256<T>, Vector256<T>>(rows, columns, count, a + k, aStride, b + (k * bStride), bStride, c, cStride);
            else
                Run<Simd128<T>, Vector128<T>>(rows, columns, count, a + k, aStride, b + (k * bStride), bStride, c, cStride);
        }
    }

    /// <summary>z[j, i] = x[i, j]: x is [rows, columns], a stride is from row to row.</summary>
    public static void Transpose(int rows, int columns, T* x, nint xStride, T* z, nint zStride)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++) z[(j * zStride) + i] = x[(i * xStride) + j];
        }
    }

    private static void Run<S, V>(int rows, int columns, int depth, T* a, nint aStride, T* b, nint bStride, T* c, nint cStride)
        where S : ISimd<T, V> where V : struct
    {
        var factors = stackalloc T[4 * Depth];
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            for (var k = 0; k < depth; k++)
            {
                for (var i = 0; i < 4; i++) factors[(4 * k) + i] = -a[((row + i) * aStride) + k];
            }

            var target = c + (row * cStride);
            var column = 0;
            for (; column + (2 * S.Width) <= columns; column += 2 * S.Width) FourRows<S, V>(depth, factors, b + column, bStride, target + column, cStride);
            for (var i = 0; i < 4 && column < columns; i++)
            {
                OneRow<S, V>(columns - column, depth, factors + i, 4, b + column, bStride, target + (i * cStride) + column);
            }
        }

        for (; row < rows; row++)
        {
            for (var k = 0; k < depth; k++) factors[k] = -a[(row * aStride) + k];
            OneRow<S, V>(columns, depth, factors, 1, b, bStride, c + (row * cStride));
        }
    }

    /// <summary>Four rows of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows<S, V>(int depth, T* factors, T* b, nint bStride, T* c, nint cStride) where S : ISimd<T, V> where V : struct
    {
        T* c1 = c + cStride, c2 = c1 + cStride, c3 = c2 + cStride;
        V x0 = S.Load(c), y0 = S.Load(c + S.Width), x1 = S.Load(c1), y1 = S.Load(c1 + S.Width);
        V x2 = S.Load(c2), y2 = S.Load(c2 + S.Width), x3 = S.Load(c3), y3 = S.Load(c3 + S.Width);
        for (var k = 0; k < depth; k++, b += bStride, factors += 4)
        {
            V x = S.Load(b), y = S.Load(b + S.Width);
            var factor = S.Create(factors[0]);
            x0 = S.FusedMultiplyAdd(factor, x, x0);
            y0 = S.FusedMultiplyAdd(factor, y, y0);
            factor = S.Create(factors[1]);
            x1 = S.FusedMultiplyAdd(factor, x, x1);
            y1 = S.FusedMultiplyAdd(factor, y, y1);
            factor = S.Create(factors[2]);
            x2 = S.FusedMultiplyAdd(factor, x, x2);
            y2 = S.FusedMultiplyAdd(factor, y, y2);
            factor = S.Create(factors[3]);
            x3 = S.FusedMultiplyAdd(factor, x, x3);
            y3 = S.FusedMultiplyAdd(factor, y, y3);
        }

        S.Store(x0, c);
        S.Store(y0, c + S.Width);
        S.Store(x1, c1);
        S.Store(y1, c1 + S.Width);
        S.Store(x2, c2);
        S.Store(y2, c2 + S.Width);
        S.Store(x3, c3);
        S.Store(y3, c3 + S.Width);
    }

    /// <summary>One row of any length, eight vectors at a time: as many chains as hide the time of one multiply-add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow<S, V>(int columns, int depth, T* factors, int step, T* b, nint bStride, T* c) where S : ISimd<T, V> where V : struct
    {
        var column = 0;
        for (; column + (8 * S.Width) <= columns; column += 8 * S.Width)
        {
            var z = c + column;
            V z0 = S.Load(z), z1 = S.Load(z + S.Width), z2 = S.Load(z + (2 * S.Width)), z3 = S.Load(z + (3 * S.Width));
            V z4 = S.Load(z + (4 * S.Width)), z5 = S.Load(z + (5 * S.Width)), z6 = S.Load(z + (6 * S.Width)), z7 = S.Load(z + (7 * S.Width));
            var from = b + column;
            for (var k = 0; k < depth; k++, from += bStride)
            {
                var factor = S.Create(factors[k * step]);
                z0 = S.FusedMultiplyAdd(factor, S.Load(from), z0);
                z1 = S.FusedMultiplyAdd(factor, S.Load(from + S.Width), z1);
                z2 = S.FusedMultiplyAdd(factor, S.Load(from + (2 * S.Width)), z2);
                z3 = S.FusedMultiplyAdd(factor, S.Load(from + (3 * S.Width)), z3);
                z4 = S.FusedMultiplyAdd(factor, S.Load(from + (4 * S.Width)), z4);
                z5 = S.FusedMultiplyAdd(factor, S.Load(from + (5 * S.Width)), z5);
                z6 = S.FusedMultiplyAdd(factor, S.Load(from + (6 * S.Width)), z6);
                z7 = S.FusedMultiplyAdd(factor, S.Load(from + (7 * S.Width)), z7);
            }

            S.Store(z0, z);
            S.Store(z1, z + S.Width);
            S.Store(z2, z + (2 * S.Width));
            S.Store(z3, z + (3 * S.Width));
            S.Store(z4, z + (4 * S.Width));
            S.Store(z5, z + (5 * S.Width));
            S.Store(z6, z + (6 * S.Width));
            S.Store(z7, z + (7 * S.Width));
        }

        for (; column + S.Width <= columns; column += S.Width)
        {
            var sum = S.Load(c + column);
            var from = b + column;
            for (var k = 0; k < depth; k++, from += bStride) sum = S.FusedMultiplyAdd(S.Create(factors[k * step]), S.Load(from), sum);
            S.Store(sum, c + column);
        }

        if (column == columns) return;
        var rest = columns - column;
        var last = S.LoadPartial(c + column, rest);
        var place = b + column;
        for (var k = 0; k < depth; k++, place += bStride) last = S.FusedMultiplyAdd(S.Create(factors[k * step]), S.LoadPartial(place, rest), last);
        S.StorePartial(last, c + column, rest);
    }
}
