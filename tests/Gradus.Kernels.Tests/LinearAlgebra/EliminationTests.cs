using System.Numerics;

namespace Gradus.Kernels.Tests.LinearAlgebra;

/// <summary>Eliminations in blocks, bit for bit those of the textbook's three loops.</summary>
public unsafe class EliminationTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 5, 3 }, { 16, 16 }, { 33, 40 }, { 67, 70 }, { 131, 9 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_solution_has_the_bits_of_plain_loops(int n, int columns)
    {
        Solves<float>(n, columns);
        Solves<double>(n, columns);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_Cholesky_factor_has_the_bits_of_plain_loops(int n, int columns)
    {
        Factors<float>(n, columns);
        Factors<double>(n, columns);
    }

    private static void Solves<T>(int n, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Given a system whose rows must be exchanged.
        var (a, b) = (Draw<T>(n * n, 1), Draw<T>(n * columns, 2));
        var (factors, x, exchanged) = (a.ToArray(), b.ToArray(), new int[n]);

        // When solved.
        fixed (T* pa = factors, px = x)
        {
            fixed (int* pe = exchanged)
            {
                Assert.NotEqual(0, LuDecomposition<T>.Factor(n, pa, pe));
                LuDecomposition<T>.Solve(n, columns, pa, pe, px);
            }
        }

        // Then each element is one chain in the order of the columns.
        for (var k = 0; k < n; k++)
        {
            Exchange(a, n, k, exchanged[k]);
            Exchange(b, columns, k, exchanged[k]);
            for (var i = k + 1; i < n; i++)
            {
                a[(i * n) + k] /= a[(k * n) + k];
                for (var j = k + 1; j < n; j++) a[(i * n) + j] = T.FusedMultiplyAdd(-a[(i * n) + k], a[(k * n) + j], a[(i * n) + j]);
            }
        }

        Assert.Equal(a, factors);
        for (var c = 0; c < columns; c++)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < i; j++) b[(i * columns) + c] = T.FusedMultiplyAdd(-a[(i * n) + j], b[(j * columns) + c], b[(i * columns) + c]);
            }

            for (var i = n - 1; i >= 0; i--)
            {
                for (var j = i + 1; j < n; j++) b[(i * columns) + c] = T.FusedMultiplyAdd(-a[(i * n) + j], b[(j * columns) + c], b[(i * columns) + c]);
                b[(i * columns) + c] /= a[(i * n) + i];
            }
        }

        Assert.Equal(b, x);
    }

    private static void Factors<T>(int n, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Given a positive definite matrix, whose upper triangle is not to be read.
        var root = Draw<T>(n * columns, 3);
        var a = new T[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < columns; k++) a[(i * n) + j] += root[(i * columns) + k] * root[(j * columns) + k];
                if (i == j) a[(i * n) + j] += T.One;
                if (j > i) a[(i * n) + j] = T.NaN;
            }
        }

        // When factored.
        var z = new T[n * n];
        fixed (T* pa = a, pz = z) Assert.Equal(-1, CholeskyDecomposition<T>.Run(1, n, pa, pz));

        // Then each element is one chain in the order of the columns.
        var expected = new T[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[(i * n) + j];
                for (var k = 0; k < j; k++) sum = T.FusedMultiplyAdd(-expected[(i * n) + k], expected[(j * n) + k], sum);
                expected[(i * n) + j] = i == j ? T.Sqrt(sum) : sum / expected[(j * n) + j];
            }
        }

        Assert.Equal(expected, z);
    }

    private static void Exchange<T>(T[] a, int n, int row, int other)
    {
        for (var i = 0; i < n; i++) (a[(row * n) + i], a[(other * n) + i]) = (a[(other * n) + i], a[(row * n) + i]);
    }

    private static T[] Draw<T>(int count, int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((random.NextDouble() * 2) - 1))];
    }
}
