namespace Gradus.Testing.Naive;

/// <summary>Square matrices by the formulas of a first course: expansion along the first row, cofactors.</summary>
internal static class Matrices
{
    /// <summary>From each matrix of a batch to a number.</summary>
    public static NArray Numbers(NArray a, Func<double[,], double> number) => new(a.Shape[..^2], [.. Each(a).Select(number)]);

    /// <summary>From each matrix of a batch to a matrix.</summary>
    public static NArray Map(NArray a, Func<double[,], double[,]> map) => new(a.Shape, [.. Each(a).SelectMany(matrix => map(matrix).Cast<double>())]);

    public static double Determinant(double[,] a)
    {
        if (a.Length == 0) return 1;
        return Enumerable.Range(0, a.GetLength(0)).Sum(column => (column % 2 == 0 ? 1 : -1) * a[0, column] * Determinant(Minor(a, 0, column)));
    }

    public static double[,] Inverse(double[,] a) => Build(a.GetLength(0), (i, j) => ((i + j) % 2 == 0 ? 1 : -1) * Determinant(Minor(a, j, i)) / Determinant(a));

    public static double[,] Product(double[,] x, double[,] y) =>
        Build(x.GetLength(0), (i, j) => Enumerable.Range(0, x.GetLength(0)).Sum(k => x[i, k] * y[k, j]));

    public static double[,] Transposed(double[,] a) => Build(a.GetLength(0), (i, j) => a[j, i]);

    /// <summary>A sum of two matrices, the second times a factor.</summary>
    public static double[,] Plus(double[,] a, double[,] b, double factor) => Build(a.GetLength(0), (i, j) => a[i, j] + (factor * b[i, j]));

    public static double[,] Identity(int size) => Build(size, static (i, j) => i == j ? 1 : 0);

    /// <summary>Ones from the upper right corner to the lower left.</summary>
    public static double[,] Reversal(int size) => Build(size, (i, j) => i + j == size - 1 ? 1 : 0);

    public static double[,] Cholesky(double[,] a)
    {
        var l = new double[a.GetLength(0), a.GetLength(0)];
        for (var j = 0; j < l.GetLength(0); j++)
        {
            for (var i = j; i < l.GetLength(0); i++)
            {
                var rest = a[i, j] - Enumerable.Range(0, j).Sum(k => l[i, k] * l[j, k]);
                l[i, j] = i == j ? Math.Sqrt(rest) : rest / l[j, j];
            }
        }

        return l;
    }

    private static IEnumerable<double[,]> Each(NArray a)
    {
        var size = a.Shape[^1];
        foreach (var at in NArray.Positions(a.Shape[..^2])) yield return Build(size, (i, j) => a[[.. at, i, j]]);
    }

    private static double[,] Minor(double[,] a, int row, int column) => Build(a.GetLength(0) - 1, (i, j) => a[i < row ? i : i + 1, j < column ? j : j + 1]);

    private static double[,] Build(int size, Func<int, int, double> at)
    {
        var matrix = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++) matrix[i, j] = at(i, j);
        }

        return matrix;
    }
}
