namespace Gradus.Graphs;

/// <summary>A tensor's elements as a row of cells: each is the mean of its share of the elements in their order, relative to the largest.</summary>
internal static class HeatStrip
{
    private const int MostCells = 24;
    private const double CellWidth = 4;
    private const double WideCell = 7;

    // Fewer are written as numbers.
    private const int Fewest = 5;

    /// <summary>The width of the row; 0 if none is shown.</summary>
    public static double WidthOf(Tensor? tensor)
    {
        if (tensor is null || tensor.Count < (tensor.Rank == 1 ? Fewest : 2)) return 0;
        return tensor.Count <= 12 ? tensor.Count * WideCell : Math.Min(tensor.Count, MostCells) * CellWidth;
    }

    /// <summary>The cells, from −1 to 1; what is not a number is 0.</summary>
    public static double[] Cells(Tensor tensor)
    {
        var values = tensor.To(DType.Float64).ToArray<double>();
        var cells = new double[Math.Min(values.Length, MostCells)];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var (from, to) = ((int)((long)values.Length * cell / cells.Length), (int)((long)values.Length * (cell + 1) / cells.Length));
            cells[cell] = values.AsSpan(from, to - from).ToArray().Average();
        }

        var largest = cells.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return [.. cells.Select(cell => largest > 0 && !double.IsNaN(cell) ? Math.Clamp(cell / largest, -1, 1) : 0)];
    }
}
