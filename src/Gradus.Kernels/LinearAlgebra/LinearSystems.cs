using System.Numerics;

namespace Gradus.Kernels;

/// <summary>Systems of equations, inverses and determinants of batches of dense square matrices, by <see cref="LuDecomposition{T}"/>.</summary>
internal static unsafe class LinearSystems<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// X of A·X = B for each matrix of a batch; matrix i of A begins at <c>a + offsets[i]</c>, of B at <c>b + right[i]</c>. For an inverse b is null, and B the
    /// identity.
    /// </summary>
    /// <param name="matrices">How many matrices there are in A; where they are fewer than the batch has, each is factored once.</param>
    /// <param name="offsets">Where in A each matrix of the batch begins.</param>
    /// <param name="right">Where in B.</param>
    /// <param name="n">The size.</param>
    /// <param name="columns">Right sides of each matrix.</param>
    /// <param name="a">The matrices, one after the other.</param>
    /// <param name="b">The right sides.</param>
    /// <param name="x">The solutions.</param>
    /// <returns>The first matrix of the batch that is singular, or −1.</returns>
    public static int Solve(int matrices, ReadOnlySpan<nint> offsets, ReadOnlySpan<nint> right, int n, int columns, T* a, T* b, T* x)
    {
        var isShared = matrices < offsets.Length && n > 0;
        using var singular = Buffers.Rent(offsets.Length);
        using var factors = Buffers.Rent(isShared ? matrices * (nint)Square(n) : 0);
        using var exchanged = Buffers.Rent(isShared ? (nint)matrices * n * sizeof(int) : 0);
        fixed (nint* from = offsets, rights = right)
        {
            var shared = isShared ? (T*)factors.Pointer : null;
            if (isShared) MatrixBatch.Run(matrices, n, new FactorWork(n, a, shared, (int*)exchanged.Pointer));
            MatrixBatch.Run(
                offsets.Length, Math.Max(n, columns), new SolveWork(n, columns, a, from, b, rights, x, singular.Pointer, shared, (int*)exchanged.Pointer));
        }

        return new ReadOnlySpan<byte>(singular.Pointer, offsets.Length).IndexOf((byte)1);
    }

    /// <summary>det A of each matrix: the product of the pivots, down the diagonal; 0 where one is 0.</summary>
    public static void Determinant(int count, int n, T* a, T* z) => MatrixBatch.Run(count, n, new DeterminantWork(n, a, z));

    /// <summary>log |det A| of each matrix: the sum of the pivots' logarithms, down the diagonal; −∞ where one is 0.</summary>
    public static void LogDeterminant(int count, int n, T* a, T* z) => MatrixBatch.Run(count, n, new LogDeterminantWork(n, a, z));

    /// <summary>The sign of det A of each matrix: −1, 0 or 1.</summary>
    public static void DeterminantSign(int count, int n, T* a, T* z) => MatrixBatch.Run(count, n, new SignWork(n, a, z));

    private static long Square(int n) => (long)n * n * sizeof(T);

    /// <summary>Factors a matrix, for several to use. One that is singular is told by the row that its first is exchanged with, which is none.</summary>
    private readonly struct FactorWork(int n, T* a, T* factors, int* exchanged) : IMatrixWork
    {
        public void Run(int index)
        {
            var own = factors + ((nint)index * n * n);
            var rows = exchanged + ((nint)index * n);
            Buffer.MemoryCopy(a + ((nint)index * n * n), own, Square(n), Square(n));
            if (LuDecomposition<T>.Factor(n, own, rows) == 0) rows[0] = -1;
        }
    }

    private readonly struct SolveWork(
        int n, int columns, T* a, nint* offsets, T* b, nint* right, T* x, byte* singular, T* shared, int* sharedRows) : IMatrixWork
    {
        public void Run(int index)
        {
            if (shared != null)
            {
                var rows = sharedRows + (offsets[index] / n);
                Finish(index, rows[0] < 0, shared + offsets[index], rows);
                return;
            }

            using var factors = Buffers.Rent((nint)Square(n));
            using var exchanged = Buffers.Rent((nint)n * sizeof(int));
            Buffer.MemoryCopy(a + offsets[index], factors.Pointer, Square(n), Square(n));
            var isSingular = LuDecomposition<T>.Factor(n, (T*)factors.Pointer, (int*)exchanged.Pointer) == 0;
            Finish(index, isSingular, (T*)factors.Pointer, (int*)exchanged.Pointer);
        }

        private void Finish(int index, bool isSingular, T* factors, int* exchanged)
        {
            singular[index] = isSingular ? (byte)1 : (byte)0;
            if (isSingular) return;
            var bytes = (long)n * columns * sizeof(T);
            var result = x + ((nint)index * n * columns);
            if (b != null) Buffer.MemoryCopy(b + right[index], result, bytes, bytes);
            else SetIdentity(result);
            LuDecomposition<T>.Solve(n, columns, factors, exchanged, result);
        }

        private void SetIdentity(T* z)
        {
            System.Runtime.InteropServices.NativeMemory.Clear(z, (nuint)Square(n));
            for (var i = 0; i < n; i++) z[((nint)i * n) + i] = T.One;
        }
    }

    private readonly struct DeterminantWork(int n, T* a, T* z) : IMatrixWork
    {
        public void Run(int index)
        {
            using var pivots = Buffers.Rent((nint)n * sizeof(T));
            var product = T.CreateTruncating(Pivots(n, a + ((nint)index * n * n), (T*)pivots.Pointer));
            for (var i = 0; i < n && !T.IsZero(product); i++) product *= ((T*)pivots.Pointer)[i];
            z[index] = product;
        }
    }

    private readonly struct LogDeterminantWork(int n, T* a, T* z) : IMatrixWork
    {
        public void Run(int index)
        {
            using var pivots = Buffers.Rent((nint)n * sizeof(T));
            var p = (T*)pivots.Pointer;
            if (Pivots(n, a + ((nint)index * n * n), p) == 0)
            {
                z[index] = T.NegativeInfinity;
                return;
            }

            for (var i = 0; i < n; i++) p[i] = T.Abs(p[i]);
            Elementwise.UnarySpan(default(LogOperator), n, p, p);
            var sum = T.Zero;
            for (var i = 0; i < n; i++) sum += p[i];
            z[index] = sum;
        }
    }

    private readonly struct SignWork(int n, T* a, T* z) : IMatrixWork
    {
        public void Run(int index)
        {
            using var pivots = Buffers.Rent((nint)n * sizeof(T));
            var sign = T.CreateTruncating(Pivots(n, a + ((nint)index * n * n), (T*)pivots.Pointer));
            for (var i = 0; i < n; i++)
            {
                var pivot = ((T*)pivots.Pointer)[i];
                if (T.IsNaN(pivot)) sign = pivot;
                else if (T.IsNegative(pivot)) sign = -sign;
            }

            z[index] = sign;
        }
    }

    /// <summary>Writes the pivots of a matrix; returns the sign of its permutation, or 0 where it is singular, with pivots of 0.</summary>
    private static int Pivots(int n, T* a, T* pivots)
    {
        using var factors = Buffers.Rent((nint)Square(n));
        using var exchanged = Buffers.Rent((nint)n * sizeof(int));
        Buffer.MemoryCopy(a, factors.Pointer, Square(n), Square(n));
        var sign = LuDecomposition<T>.Factor(n, (T*)factors.Pointer, (int*)exchanged.Pointer);
        for (var i = 0; i < n; i++) pivots[i] = sign == 0 ? T.Zero : ((T*)factors.Pointer)[((nint)i * n) + i];
        return sign;
    }
}
