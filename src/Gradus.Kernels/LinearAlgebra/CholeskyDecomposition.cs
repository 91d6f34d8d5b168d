using System.Numerics;

namespace Gradus.Kernels;

/// <summary>A = L·Lᵀ of symmetric positive definite matrices, of which only the lower triangle is read.</summary>
/// <remarks>Golub and Van Loan, "Matrix Computations", 4th edition, 4.2, row by row: each element is one chain of fused multiply-adds.</remarks>
internal static unsafe class CholeskyDecomposition<T> where T : unmanaged, IFloatingPointIeee754<T>
{
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
                var row = to + ((nint)i * n);
                new Span<T>(row, n).Clear();
                for (var j = 0; j <= i; j++)
                {
                    var other = to + ((nint)j * n);
                    var sum = from[((nint)i * n) + j];
                    for (var k = 0; k < j; k++) sum = T.FusedMultiplyAdd(-row[k], other[k], sum);
                    if (j < i) row[j] = sum / other[j];
                    else if (sum > T.Zero) row[j] = T.Sqrt(sum);
                    else return false;
                }
            }

            return true;
        }
    }
}
