namespace Gradus.Graphs;

/// <summary>
/// A tensor's elements as cells: a vector as a row, a matrix in its rows and columns, of more axes the first matrices beside each other. A cell is the mean of
/// its share of the elements, relative to the largest.
/// </summary>
internal static class HeatGrid
{
    private const int MostCells = 24;
    private const int MostRows = 14;
    private const int MostColumns = 46;

    // In pixels: of a row of few cells or of many, of a small matrix, and of a picture.
    private const double RowHeight = 5;
    private const double WideCell = 7;
    private const double NarrowCell = 4;
    private const double MatrixCell = 5;
    private const double PictureCell = 3;

    // Fewer elements of a vector are written as numbers.
    private const int Fewest = 5;

    // Matrices of so many elements and more are pictures, of small cells.
    private const int Picture = 64;

    /// <summary>The width and the height of the cells; 0 if none are shown.</summary>
    public static (double Width, double Height) SizeOf(Tensor? tensor)
    {
        if (tensor is null || tensor.Count < (tensor.Rank == 1 ? Fewest : 2)) return default;
        var (rows, columns) = Shape(tensor);
        if (rows == 1) return (columns * (columns <= 12 ? WideCell : NarrowCell), RowHeight);
        var cell = rows * columns >= Picture ? PictureCell : MatrixCell;
        return (columns * cell, rows * cell);
    }

    /// <summary>The cells by rows and columns, from −1 to 1; what is not a number is 0, and what is between two matrices is NaN.</summary>
    public static double[,] Cells(Tensor tensor)
    {
        var values = tensor.To(DType.Float64).ToArray<double>();
        var (rows, columns) = Shape(tensor);
        var cells = new double[rows, columns];
        if (tensor.Rank < 2)
        {
            for (var column = 0; column < columns; column++) cells[0, column] = Mean(values, (0, 1), Part(values.Length, columns, column), values.Length);
        }
        else
        {
            var (height, width) = ((int)tensor.Shape[tensor.Rank - 2], (int)tensor.Shape[tensor.Rank - 1]);
            var each = Matrices(tensor) == 1 ? columns : Math.Min(width, MostRows);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var (matrix, place) = Math.DivRem(column, each + 1);
                    cells[row, column] = place == each ? double.NaN
                        : Mean(values.AsSpan(matrix * height * width, height * width), Part(height, rows, row), Part(width, each, place), width);
                }
            }
        }

        Scale(cells);
        return cells;
    }

    private static int Matrices(Tensor tensor) =>
        tensor.Rank < 3 ? 1 : (int)(tensor.Count / Math.Max(1, tensor.Shape[tensor.Rank - 1] * tensor.Shape[tensor.Rank - 2]));

    private static (int Rows, int Columns) Shape(Tensor tensor)
    {
        if (tensor.Rank < 2) return (1, (int)Math.Min(tensor.Count, MostCells));
        var (rows, width) = ((int)Math.Min(tensor.Shape[tensor.Rank - 2], MostRows), (int)tensor.Shape[tensor.Rank - 1]);
        var matrices = Matrices(tensor);
        if (matrices == 1) return (rows, Math.Min(width, MostCells));
        var each = Math.Min(width, MostRows);
        return (rows, (Math.Clamp((MostColumns + 1) / (each + 1), 1, matrices) * (each + 1)) - 1);
    }

    private static (int From, int To) Part(int length, int parts, int part) => ((int)((long)length * part / parts), (int)((long)length * (part + 1) / parts));

    private static double Mean(ReadOnlySpan<double> values, (int From, int To) rows, (int From, int To) columns, int width)
    {
        var sum = 0.0;
        for (var row = rows.From; row < rows.To; row++)
        {
            for (var column = columns.From; column < columns.To; column++) sum += values[(row * width) + column];
        }

        // NaN is for what is no element.
        return double.IsNaN(sum) ? 0 : sum / ((rows.To - rows.From) * (columns.To - columns.From));
    }

    private static void Scale(double[,] cells)
    {
        var largest = cells.Cast<double>().Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        for (var row = 0; row < cells.GetLength(0); row++)
        {
            for (var column = 0; column < cells.GetLength(1); column++)
            {
                var cell = cells[row, column];
                if (double.IsInfinity(cell)) cells[row, column] = Math.Sign(cell);
                else if (!double.IsNaN(cell)) cells[row, column] = largest > 0 ? Math.Clamp(cell / largest, -1, 1) : 0;
            }
        }
    }
}
