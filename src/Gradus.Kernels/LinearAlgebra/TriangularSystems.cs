using System.Numerics;

namespace Gradus.Kernels;

/// <summary>Triangular systems of a batch of dense matrices, by <see cref="Substitution{T}"/>.</summary>
internal static unsafe class TriangularSystems<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>X of A·X = B for each matrix of a batch.</summary>
    /// <returns>The first matrix with a 0 on its diagonal, or −1.</returns>
    public static int Solve(int count, int n, int columns, bool isUpper, bool hasUnitDiagonal, T* a, T* b, T* x)
    {
        using var singular = Buffers.Rent(count);
        MatrixBatch.Run(count, Math.Max(n, columns), new Work(n, columns, isUpper, hasUnitDiagonal, a, b, x, singular.Pointer));
        return new ReadOnlySpan<byte>(singular.Pointer, count).IndexOf((byte)1);
    }

    private readonly struct Work(int n, int columns, bool isUpper, bool hasUnitDiagonal, T* a, T* b, T* x, byte* singular) : IMatrixWork
    {
        public void Run(int index)
        {
            var matrix = a + ((nint)index * n * n);
            singular[index] = 0;
            for (var i = 0; i < n && !hasUnitDiagonal; i++)
            {
                if (T.IsZero(matrix[((nint)i * n) + i])) singular[index] = 1;
            }

            var bytes = (long)n * columns * sizeof(T);
            var result = x + ((nint)index * n * columns);
            Buffer.MemoryCopy(b + ((nint)index * n * columns), result, bytes, bytes);
            if (isUpper) Substitution<T>.Backward(n, columns, matrix, hasUnitDiagonal, result);
            else Substitution<T>.Forward(n, columns, matrix, hasUnitDiagonal, result);
        }
    }
}
