using System.Numerics;

namespace Gradus.Kernels;

/// <summary>Systems whose matrix is triangular, n × n and row-major: B, n rows of some columns, is replaced by the solution.</summary>
/// <remarks>
/// Golub and Van Loan, "Matrix Computations", 4th edition, 3.1. Each element is one chain of fused multiply-adds in the order of the columns of the matrix,
/// then a division.
/// </remarks>
internal static unsafe class Substitution<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows whose part left of the diagonal block is subtracted at once.</summary>
    private const int Block = 32;

    /// <summary>L·X = B, L being the part of A on and below the diagonal, or below it with ones on it.</summary>
    public static void Forward(int n, int columns, T* a, bool hasUnitDiagonal, T* b)
    {
        for (var start = 0; start < n; start += Block)
        {
            var rows = Math.Min(Block, n - start);
            var block = b + ((nint)start * columns);
            var left = a + ((nint)start * n);
            Elimination<T>.SubtractProduct(rows, columns, start, left, n, b, columns, block, columns);
            for (var i = 0; i < rows; i++)
            {
                var row = block + ((nint)i * columns);
                Elimination<T>.SubtractProduct(1, columns, i, left + ((nint)i * n) + start, n, block, columns, row, columns);
                if (!hasUnitDiagonal) Divide(columns, row, left + ((nint)i * n) + start + i);
            }
        }
    }

    /// <summary>U·X = B, U being the part of A on and above the diagonal, or above it with ones on it.</summary>
    public static void Backward(int n, int columns, T* a, bool hasUnitDiagonal, T* b)
    {
        for (var i = n - 1; i >= 0; i--)
        {
            var row = b + ((nint)i * columns);
            var diagonal = a + ((nint)i * n) + i;
            Elimination<T>.SubtractProduct(1, columns, n - 1 - i, diagonal + 1, n, row + columns, columns, row, columns);
            if (!hasUnitDiagonal) Divide(columns, row, diagonal);
        }
    }

    private static void Divide(int n, T* row, T* diagonal) => Elementwise.BinarySpan(default(DivideOperator), n, row, 1, diagonal, 0, row);
}
