using System.Numerics;

namespace Gradus.Kernels;

/// <summary>P·A = L·U by Gaussian elimination with partial pivoting, and what follows from it. Matrices are square, dense, row-major.</summary>
/// <remarks>Golub and Van Loan, "Matrix Computations", 4th edition, 3.4. Each element is one chain of fused multiply-adds in the order of the columns, at any vector width.</remarks>
internal static unsafe class LuDecomposition<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Columns that are eliminated before the rest of the matrix follows, as one product: a column at a time walks through all of it again and again.</summary>
    private const int Panel = 16;

    /// <summary>Replaces A by L (below the diagonal, whose ones are not stored) and U, and notes with which row each was exchanged.</summary>
    /// <returns>The sign of the permutation, or 0 as soon as a pivot is 0: A is singular.</returns>
    public static int Factor(int n, T* a, int* exchanged)
    {
        var sign = 1;
        for (var start = 0; start < n; start += Panel)
        {
            var width = Math.Min(Panel, n - start);
            var end = start + width;
            for (var k = start; k < end; k++)
            {
                var pivot = Greatest(n, a, k);
                exchanged[k] = pivot;
                if (pivot != k)
                {
                    Exchange(n, a + ((nint)k * n), a + ((nint)pivot * n));
                    sign = -sign;
                }

                var top = a + ((nint)k * n);
                if (T.IsZero(top[k])) return 0;
                for (var i = k + 1; i < n; i++)
                {
                    var row = a + ((nint)i * n);
                    var factor = row[k] /= top[k];
                    for (var j = k + 1; j < end; j++) row[j] = T.FusedMultiplyAdd(-factor, top[j], row[j]);
                }
            }

            var right = n - end;
            var upper = a + ((nint)start * n) + end;
            for (var i = 1; i < width; i++) Elimination<T>.SubtractProduct(1, right, i, a + ((nint)(start + i) * n) + start, n, upper, n, upper + ((nint)i * n), n);
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

    /// <summary>The row from k on with the greatest |element| in column k; NaN counts as greatest, so that it is not taken for 0.</summary>
    private static int Greatest(int n, T* a, int k)
    {
        var best = k;
        var size = T.Abs(a[((nint)k * n) + k]);
        for (var i = k + 1; i < n; i++)
        {
            var candidate = T.Abs(a[((nint)i * n) + k]);
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
