namespace Gradus.Data;

/// <summary>From the rows of a time series to windows of them, each with the target some rows later.</summary>
internal static class SeriesLearning
{
    /// <summary>The windows of all rows, in the order of time: their last rows.</summary>
    /// <param name="origin">The table.</param>
    /// <param name="table">Its rows, in the order of time. Missing inputs are filled by the rows before, where they are to be filled.</param>
    /// <param name="missing">How missing cells are treated.</param>
    /// <param name="window">Rows in a window.</param>
    /// <param name="horizon">Rows from the last one of a window to its target.</param>
    /// <param name="filled">Number of cells that were filled.</param>
    /// <exception cref="InvalidDataException">There is no window.</exception>
    public static int[] Windows(TableOrigin origin, RawTable table, MissingValues missing, int window, int horizon, out int filled)
    {
        if (missing == MissingValues.Error) table.Keep(missing);
        // A date is one cell, of which each part is a column.
        filled = missing == MissingValues.Fill
            ? table.Columns.Select(column => (column.Plan.Index, Cells: Fill(column)))
                .DistinctBy(static column => column.Index).Sum(static column => column.Cells)
            : 0;
        var rows = table.Lines.Count;
        // In how many columns a value is missing in the rows so far: a window without any has the same number before and behind it.
        var holes = new int[rows + 1];
        for (var row = 0; row < rows; row++) holes[row + 1] = holes[row] + (Array.Exists(table.Columns, column => column.IsMissing(row)) ? 1 : 0);
        var ahead = table.Target is null ? 0 : horizon;
        var last = new List<int>();
        for (var row = window - 1; row < rows - ahead; row++)
        {
            if (holes[row + 1] == holes[row + 1 - window] && table.Target?.IsMissing(row + ahead) != true) last.Add(row);
        }

        if (last.Count > 0) return [.. last];
        var target = ahead > 0 ? FormattableString.Invariant($" with a target {ahead} later") : "";
        OptionMessage none = $"{origin}: {rows} rows hold no window of {window} rows{target} without a missing value.";
        throw OptionMessage.InvalidData(table.IsForModel ? none : $"{none} Take a shorter one with {new OptionHint(nameof(TableOptions.Window))}.");
    }

    /// <summary>Windows in the order of time: the first to train on, then those to validate on, the latest for the test.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The fractions leave none to train on.</exception>
    public static Split ByTime(int count, double valid, double test)
    {
        // As many of each as a split at random has.
        var (train, validation, _) = Split.ByFraction(count, valid, test);
        int[] Range(int from, int length) => [.. Enumerable.Range(from, length)];
        var later = train.Length + validation.Length;
        return new Split(Range(0, train.Length), Range(train.Length, validation.Length), Range(later, count - later));
    }

    /// <summary>Samples of some windows.</summary>
    /// <param name="name">The name of the dataset.</param>
    /// <param name="transform">From rows to numbers.</param>
    /// <param name="table">The table.</param>
    /// <param name="preprocessing">The preprocessing.</param>
    /// <param name="series">All rows as numbers.</param>
    /// <param name="last">The last row of each window.</param>
    public static Dataset Run(string name, TableTransform transform, RawTable table, TablePreprocessing preprocessing, float[] series, int[] last)
    {
        var first = Array.ConvertAll(last, row => row - preprocessing.Window + 1);
        var inputs = new SeriesWindows(series, preprocessing.RowSize, preprocessing.Window, first);
        if (table.Target is not { } raw) return Dataset.OfInputs(name, preprocessing.InputShape, inputs);
        var targets = transform.Targets(raw, preprocessing.Target, Array.ConvertAll(last, row => row + preprocessing.Horizon));
        return Dataset.OfTargets(name, preprocessing.InputShape, inputs, targets).ScaledBy(preprocessing.Target);
    }

    // With the value before; what is missing from the start on is left to the median.
    private static int Fill(RawColumn column)
    {
        var filled = 0;
        var numbers = column.Numbers;
        var known = numbers.FindIndex(static number => !double.IsNaN(number));
        if (known < 0) return 0;
        for (var row = 0; row < numbers.Count; row++)
        {
            if (!double.IsNaN(numbers[row])) continue;
            numbers[row] = numbers[row < known ? known : row - 1];
            filled++;
        }

        return filled;
    }
}
