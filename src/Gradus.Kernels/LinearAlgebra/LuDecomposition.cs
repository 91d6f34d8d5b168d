using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>P·A = L·U by Gaussian elimination with partial pivoting, and what follows from it. Matrices are square, dense, row-major.</summary>
/// <remarks>
/// Golub and Van Loan, "Matrix Computations", 4th edition, 3.4. Each element is one chain of fused multiply-adds in the order of the columns, at any vector
/// width.
/// </remarks>
internal static unsafe class LuDecomposition<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Columns that are eliminated before the rest of the matrix follows, as one product: a column at a time walks through all of it again and again.
    /// </summary>
    private const int Panel = 16;

    /// <summary>Replaces A by L (below the diagonal, whose ones are not stored) and U, and notes with which row each was exchanged.</summary>
    /// <returns>The sign of the permutation, or 0 as soon as a pivot is 0: A is singular.</returns>
    public static int Factor(int n, T* a, int* exchanged)
    {
        var sign = 1;
        using var scratch = Buffers.Rent((nint)Math.Min(n, Panel) * n * sizeof(T));
        for (var start = 0; start < n; start += Panel)
        {
            int width = Math.Min(Panel, n - start), end = start + width, right = n - end;
            var ofPanel = FactorPanel(n, start, width, a, exchanged, (T*)scratch.Pointer);
            if (ofPanel == 0) return 0;
            sign *= ofPanel;
            var upper = a + ((nint)start * n) + end;
            for (var i = 1; i < width; i++)
            {
                Elimination<T>.SubtractProduct(1, right, i, a + ((nint)(start + i) * n) + start, n, upper, n, upper + ((nint)i * n), n);
            }

            Elimination<T>.SubtractProduct(right, right, width, a + ((nint)end * n) + start, n, upper, n, a + ((nint)end * n) + end, n);
        }

        return sign;
    }

    /// <summary>Replaces B, n rows of <paramref name="columns"/>, by the solution X of A·X = B, from what <see cref="Factor"/> left of A.</summary>
    public static void Solve(int n, int columns, T* factors, int* exchanged, T* b)
    {
        for (var k = 0; k < n; k++)
        {
            if (exchanged[k] != k) Exchange(columns, b + ((nint)k * columns), b + ((nint)exchanged[k] * columns));
        }

        Substitution<T>.Forward(n, columns, factors, hasUnitDiagonal: true, b);
        Substitution<T>.Backward(n, columns, factors, hasUnitDiagonal: false, b);
    }

    /// <summary>Eliminates the columns of a panel, in a transposed copy whose rows are vectors.</summary>
    /// <returns>The sign of its exchanges, or 0.</returns>
    private static int FactorPanel(int n, int start, int width, T* a, int* exchanged, T* panel)
    {
        int rows = n - start, sign = 1;
        var corner = a + ((nint)start * n) + start;
        Elimination<T>.Transpose(rows, width, corner, n, panel, rows);
        for (var k = 0; k < width; k++)
        {
            var column = panel + ((nint)k * rows);
            var pivot = Greatest(rows, column, k);
            exchanged[start + k] = start + pivot;
            if (pivot != k)
            {
                Exchange(n, a + ((nint)(start + k) * n), a + ((nint)(start + pivot) * n));
                for (var j = 0; j < width; j++)
                {
                    var other = panel + ((nint)j * rows);
                    (other[k], other[pivot]) = (other[pivot], other[k]);
                }

                sign = -sign;
            }

            if (T.IsZero(column[k])) return 0;
            var below = column + k + 1;
            var rest = rows - k - 1;
            Elementwise.BinarySpan(default(DivideOperator), rest, below, 1, column + k, 0, below);
            for (var j = k + 1; j < width; j++)
            {
                var other = panel + ((nint)j * rows) + k;
                Elementwise.BinarySpan(new AddMultipleOperator<T>(-*other), rest, below, 1, other + 1, 1, other + 1);
            }
        }

        Elimination<T>.Transpose(width, rows, panel, rows, corner, n);
        return sign;
    }

    /// <summary>The place from k on of the greatest |element| of a column; NaN counts as greatest, so that it is not taken for 0.</summary>
    private static int Greatest(int n, T* column, int k)
    {
        var best = k;
        var size = T.Abs(column[k]);
        for (var i = k + 1; i < n; i++)
        {
            var candidate = T.Abs(column[i]);
            if (!(candidate > size) && !T.IsNaN(candidate)) continue;
            (best, size) = (i, candidate);
        }

        return best;
    }

    private static void Exchange(int n, T* x, T* y)
    {
        for (var i = 0; i < n; i++) (x[i], y[i]) = (y[i], x[i]);
    }
}

/// <summary>z = factor · x + y, rounded once.</summary>
internal readonly struct AddMultipleOperator<TValue>(TValue factor) : IBinaryOperator where TValue : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct => S.FusedMultiplyAdd(S.Create(factor), x, y);
}
