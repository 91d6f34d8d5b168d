using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>P·A = L·U by Gaussian elimination with partial pivoting, and what follows from it. Matrices are square, dense, row-major.</summary>
/// <remarks>Golub and Van Loan, "Matrix Computations", 4th edition, 3.4. Each element is one chain of fused multiply-adds in the order of the columns, at any vector width.</remarks>
internal static unsafe class LuDecomposition<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Replaces A by L (below the diagonal, whose ones are not stored) and U, and notes with which row each was exchanged.</summary>
    /// <returns>The sign of the permutation, or 0 as soon as a pivot is 0: A is singular.</returns>
    public static int Factor(int n, T* a, int* exchanged)
    {
        var sign = 1;
        for (var k = 0; k < n; k++)
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
                row[k] /= top[k];
                SubtractMultiple(n - k - 1, row[k], top + k + 1, row + k + 1);
            }
        }

        return sign;
    }

    /// <summary>Replaces B, n rows of <paramref name="columns"/>, by the solution X of A·X = B, from what <see cref="Factor"/> left of A.</summary>
    public static void Solve(int n, int columns, T* factors, int* exchanged, T* b)
    {
        for (var k = 0; k < n; k++)
        {
            if (exchanged[k] != k) Exchange(columns, Row(k), Row(exchanged[k]));
        }

        for (var i = 1; i < n; i++)
        {
            for (var j = 0; j < i; j++) SubtractMultiple(columns, factors[((nint)i * n) + j], Row(j), Row(i));
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++) SubtractMultiple(columns, factors[((nint)i * n) + j], Row(j), Row(i));
            Elementwise.BinarySpan(default(DivideOperator<T>), columns, Row(i), 1, factors + ((nint)i * n) + i, 0, Row(i));
        }

        T* Row(int row) => b + ((nint)row * columns);
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

    /// <summary>y −= factor · x.</summary>
    private static void SubtractMultiple(int n, T factor, T* x, T* y)
    {
        if (n > 0) Elementwise.BinarySpan(new AddMultipleOperator(-factor), n, x, 1, y, 1, y);
    }

    /// <summary>z = factor · x + y, rounded once.</summary>
    private readonly struct AddMultipleOperator(T factor) : IBinaryOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct => S.FusedMultiplyAdd(S.Create(factor), x, y);
    }
}
