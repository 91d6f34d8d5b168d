using System.Numerics;

namespace Gradus.Kernels;

/// <summary>Least squares of a batch of dense matrices of full rank, by Householder's reflections in float64.</summary>
/// <remarks>
/// Golub and Van Loan, "Matrix Computations", 4th edition, 5.2, 5.3 and 5.6. A wide matrix is taken by its transpose. Columns of the work lie one after the
/// other.
/// </remarks>
internal static unsafe class LeastSquares<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes A⁺·B of each matrix [rows, columns] and right side [rows, sides].</summary>
    /// <returns>The first matrix that has not full rank, or −1.</returns>
    public static int Solve(int count, int rows, int columns, int sides, T* a, T* b, T* x)
    {
        using var deficient = Buffers.Rent(count);
        MatrixBatch.Run(count, Math.Max(rows, Math.Max(columns, sides)), new Work(rows, columns, sides, a, b, x, deficient.Pointer));
        return new ReadOnlySpan<byte>(deficient.Pointer, count).IndexOf((byte)1);
    }

    private readonly struct Work(int rows, int columns, int sides, T* a, T* b, T* x, byte* deficient) : IMatrixWork
    {
        // The distance of 1 from the next float64.
        private const double Epsilon = 2.220446049250313e-16;

        private int Tall => Math.Max(rows, columns);

        private int Thin => Math.Min(rows, columns);

        public void Run(int index)
        {
            using var work = Buffers.Rent((((nint)Tall * (Thin + 1)) + Thin) * sizeof(double));
            var w = (double*)work.Pointer;
            var diagonal = w + ((nint)Tall * Thin);
            var y = diagonal + Thin;
            var scale = Read(a + ((nint)index * rows * columns), w);
            deficient[index] = Factor(w, diagonal) ? (byte)0 : (byte)1;
            if (deficient[index] != 0) return;
            for (var side = 0; side < sides; side++)
            {
                for (var i = 0; i < Tall; i++) y[i] = i < rows ? double.CreateTruncating(b[((((nint)index * rows) + i) * sides) + side]) : 0;
                if (rows >= columns) Nearest(w, diagonal, y);
                else Shortest(w, diagonal, y);
                for (var i = 0; i < columns; i++) x[((((nint)index * columns) + i) * sides) + side] = T.CreateTruncating(y[i] / scale);
            }
        }

        /// <summary>The matrix or its transpose, divided by a power of two near its greatest element, so that no square leaves the range.</summary>
        private double Read(T* from, double* w)
        {
            double greatest = 0;
            for (nint i = 0; i < (nint)rows * columns; i++) greatest = Math.Max(greatest, Math.Abs(double.CreateTruncating(from[i])));
            var scale = greatest > 0 && double.IsFinite(greatest) ? Math.ScaleB(1, Math.Clamp(Math.ILogB(greatest), -1000, 1000)) : 1;
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    w[rows >= columns ? ((nint)j * Tall) + i : ((nint)i * Tall) + j] = double.CreateTruncating(from[((nint)i * columns) + j]) / scale;
                }
            }

            return scale;
        }

        /// <summary>Reflections, each in place of the column below its row, R above them and its diagonal apart.</summary>
        private bool Factor(double* w, double* diagonal)
        {
            double greatest = 0, least = double.PositiveInfinity;
            for (var j = 0; j < Thin; j++)
            {
                var column = w + ((nint)j * Tall);
                double square = 0;
                for (var i = j; i < Tall; i++) square = Math.FusedMultiplyAdd(column[i], column[i], square);
                diagonal[j] = column[j] > 0 ? -Math.Sqrt(square) : Math.Sqrt(square);
                greatest = Math.Max(greatest, Math.Abs(diagonal[j]));
                least = Math.Min(least, Math.Abs(diagonal[j]));
                if (diagonal[j] == 0) return false;
                column[j] -= diagonal[j];
                for (var k = j + 1; k < Thin; k++) Reflect(j, column, diagonal[j], w + ((nint)k * Tall));
            }

            // With infinities and NaN in it the solution is NaN, and says so better than a rank.
            return Thin == 0 || !double.IsFinite(greatest) || !(least <= Epsilon * Tall * greatest);
        }

        /// <summary>y −= v·(v·y)·2/(v·v), v being a reflection's column from its row on; v·v/2 = −d·v₀.</summary>
        private void Reflect(int j, double* v, double diagonal, double* y)
        {
            double sum = 0;
            for (var i = j; i < Tall; i++) sum = Math.FusedMultiplyAdd(v[i], y[i], sum);
            var factor = sum / (diagonal * v[j]);
            for (var i = j; i < Tall; i++) y[i] = Math.FusedMultiplyAdd(factor, v[i], y[i]);
        }

        /// <summary>R⁻¹·Qᵀ·y.</summary>
        private void Nearest(double* w, double* diagonal, double* y)
        {
            for (var j = 0; j < Thin; j++) Reflect(j, w + ((nint)j * Tall), diagonal[j], y);
            for (var i = Thin - 1; i >= 0; i--)
            {
                for (var j = i + 1; j < Thin; j++) y[i] = Math.FusedMultiplyAdd(-w[((nint)j * Tall) + i], y[j], y[i]);
                y[i] /= diagonal[i];
            }
        }

        /// <summary>Q·R⁻ᵀ·y.</summary>
        private void Shortest(double* w, double* diagonal, double* y)
        {
            for (var i = 0; i < Thin; i++)
            {
                for (var j = 0; j < i; j++) y[i] = Math.FusedMultiplyAdd(-w[((nint)i * Tall) + j], y[j], y[i]);
                y[i] /= diagonal[i];
            }

            for (var j = Thin - 1; j >= 0; j--) Reflect(j, w + ((nint)j * Tall), diagonal[j], y);
        }
    }
}
