namespace Gradus.Data;

/// <summary>
/// Reads CSV files: cells separated by comma, semicolon, tab or vertical bar, with or without a header, plain or gzip, UTF-8 or UTF-16.
/// </summary>
public static class CsvTable
{
    /// <summary>
    /// Reads a table for training. Its rows are split at random, the preprocessing is learnt from the training rows and applied to all.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options. Default: null, those of <see cref="TableOptions"/>.</param>
    /// <returns>Samples of shape [<see cref="TablePreprocessing.InputSize"/>], with labels or standardized targets.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is no table, does not fit the options, or needs an option to be understood. The message is one line.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="FormatException">Two options exclude each other.</exception>
    public static TableSplit Load(string path, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new TableOptions();
        options.Validate();

        var schema = TableSchema.Scan(path, options);
        using var rows = new CsvRows(path, schema.Layout!);
        if (schema.HasHeader) rows.Next();
        return TableLearning.Learn(TableOrigin.Lines(path), schema, rows, options);
    }

    /// <summary>Reads a table for a trained model, with the preprocessing of its training data.</summary>
    /// <remarks>
    /// Columns are found by their names, in any order and any case; further columns are ignored. In a file without a header they are found by
    /// position. If the training file had a header, the first row counts as one where it contains the name of an input column.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="preprocessing">The preprocessing that <see cref="Load"/> learnt.</param>
    /// <param name="withTarget">Whether to read the target column too, for an evaluation. If false, the file needs none.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file does not fit the preprocessing. The message is one line.</exception>
    public static TableRows Apply(string path, TablePreprocessing preprocessing, bool withTarget)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(preprocessing);
        using var plan = TablePlan.Make(path, preprocessing, withTarget);
        return TableLearning.Apply(TableOrigin.Lines(path), plan.Rows, plan.Inputs, plan.Target, plan.Notes, preprocessing) with { Contents = plan.Contents };
    }
}
