using System.Numerics;

namespace Gradus.Kernels;

/// <summary>A = L·Lᵀ of symmetric positive definite matrices, of which only the lower triangle is read.</summary>
/// <remarks>
/// Golub and Van Loan, "Matrix Computations", 4th edition, 4.2, in blocks of columns: each element is one chain of fused multiply-adds in their order.
/// </remarks>
internal static unsafe class CholeskyDecomposition<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Columns that are finished before the rest of the matrix follows, as one product.</summary>
    private const int Panel = 16;

    /// <summary>Writes L of each matrix of a dense batch, zeros above its diagonal.</summary>
    /// <returns>The first matrix that is not positive definite, or −1.</returns>
    public static int Run(int count, int n, T* a, T* z)
    {
        using var failed = Buffers.Rent(count);
        MatrixBatch.Run(count, n, new Work(n, a, z, failed.Pointer));
        return new ReadOnlySpan<byte>(failed.Pointer, count).IndexOf((byte)1);
    }

    private readonly struct Work(int n, T* a, T* z, byte* failed) : IMatrixWork
    {
        public void Run(int index)
        {
            var start = (nint)index * n * n;
            failed[index] = Factor(a + start, z + start) ? (byte)0 : (byte)1;
        }

        private bool Factor(T* from, T* to)
        {
            for (var i = 0; i < n; i++)
            {
                new Span<T>(from + ((nint)i * n), i + 1).CopyTo(new Span<T>(to + ((nint)i * n), n));
            }

            using var panel = Buffers.Rent((nint)Panel * n * sizeof(T));
            for (var start = 0; start < n; start += Panel)
            {
                var width = Math.Min(Panel, n - start);
                var corner = to + ((nint)start * n) + start;
                if (!Diagonal(width, corner)) return false;
                Below(width, n - start - width, corner, (T*)panel.Pointer);
            }

            for (var i = 0; i < n; i++) new Span<T>(to + ((nint)i * n) + i + 1, n - i - 1).Clear();
            return true;
        }

        /// <summary>The factor of a block on the diagonal, in place.</summary>
        private bool Diagonal(int width, T* corner)
        {
            for (var i = 0; i < width; i++)
            {
                var row = corner + ((nint)i * n);
                for (var j = 0; j <= i; j++)
                {
                    var other = corner + ((nint)j * n);
                    var sum = row[j];
                    for (var k = 0; k < j; k++) sum = T.FusedMultiplyAdd(-row[k], other[k], sum);
                    if (j < i) row[j] = sum / other[j];
                    else if (sum > T.Zero) row[j] = T.Sqrt(sum);
                    else return false;
                }
            }

            return true;
        }

        /// <summary>
        /// The factor's rows below a block on the diagonal, and what they take from the rest of the matrix. Their transpose is kept beside, for rows of it are
        /// vectors.
        /// </summary>
        private void Below(int width, int rows, T* corner, T* transposed)
        {
            var first = corner + ((nint)width * n);
            Elimination<T>.Transpose(rows, width, first, n, transposed, rows);
            for (var j = 0; j < width; j++)
            {
                var row = transposed + ((nint)j * rows);
                var factors = corner + ((nint)j * n);
                Elimination<T>.SubtractProduct(1, rows, j, factors, n, transposed, rows, row, rows);
                Elementwise.BinarySpan(default(DivideOperator), rows, row, 1, factors + j, 0, row);
            }

            Elimination<T>.Transpose(width, rows, transposed, rows, first, n);
            // Only as far as the diagonal; what a block writes above it is cleared at the end.
            for (var i = 0; i < rows; i += Panel)
            {
                var count = Math.Min(Panel, rows - i);
                var row = first + ((nint)i * n);
                Elimination<T>.SubtractProduct(count, i + count, width, row, n, transposed, rows, row + width, n);
            }
        }
    }
}
