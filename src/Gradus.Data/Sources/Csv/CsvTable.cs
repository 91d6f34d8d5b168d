namespace Gradus.Data;

/// <summary>What was dropped, filled and noticed when a table was read.</summary>
/// <param name="Rows">Number of rows of data in the file.</param>
/// <param name="Dropped">Number of rows left out because a cell is missing.</param>
/// <param name="Filled">Number of missing input cells that were filled.</param>
/// <param name="Unknown">Number of cells whose category does not occur in the training rows. All inputs of the column are 0 then.</param>
public sealed record TableReport(int Rows, int Dropped, int Filled, int Unknown)
{
    /// <summary>One line for everything that was recognized, left out or converted; empty for a plain table.</summary>
    public IReadOnlyList<OptionMessage> Notes { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableReport), PrintMembers);
}

/// <summary>A table that was loaded for training.</summary>
/// <param name="Data">The rows, split at random into training, validation and test set.</param>
/// <param name="Preprocessing">How rows became numbers, as learnt from the training rows. Keep it with the model.</param>
/// <param name="Report">What was dropped, filled and noticed.</param>
public sealed record TableSplit(DataSplit Data, TablePreprocessing Preprocessing, TableReport Report);

/// <summary>A table that was loaded for a trained model.</summary>
/// <param name="Data">The rows, in the order of the file.</param>
/// <param name="Lines">For each sample the line of the file on which its row starts, from 1. Dropped rows have no sample.</param>
/// <param name="Report">What was dropped, filled and noticed.</param>
public sealed record TableRows(Dataset Data, IReadOnlyList<int> Lines, TableReport Report)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableRows), PrintMembers);
}

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
    public static TableSplit Load(string path, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new TableOptions();
        options.Validate();

        var schema = TableSchema.Scan(path, options);
        var plan = LearningPlan.Make(path, schema, options);
        using var rows = new CsvRows(path, schema.Layout);
        if (schema.HasHeader) rows.Next();
        var table = RawTable.Read(path, rows, plan.Inputs, plan.Target);
        var kept = table.Keep(options.Missing);
        var (train, valid, test) = SplitRows(path, kept, options);
        var preprocessing = new TablePreprocessing
        {
            HasHeader = schema.HasHeader,
            Delimiter = schema.Delimiter,
            FileColumns = schema.Names.Length,
            Missing = options.Missing,
            Columns = Array.ConvertAll(table.Columns, column => TableFit.Column(path, column, train, options.MaxCategories)),
            Target = TableFit.Target(path, table.Target!, options.Task, kept, train, schema[plan.Target.Index].NearlyNumbers),
        };
        if (preprocessing.InputSize == 0) throw new InvalidDataException($"{path}: no training row has a value in an input column.");

        var transform = new TableTransform(path, table, preprocessing);
        var title = Path.GetFileNameWithoutExtension(path);
        var data = new DataSplit(transform.Run(title, train), transform.Run(title, valid), transform.Run(title, test));
        return new TableSplit(data, preprocessing, Report(table, kept, transform, plan.Notes));
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
        var table = RawTable.Read(path, plan.Rows, plan.Inputs, plan.Target);
        var kept = table.Keep(preprocessing.Missing);
        var transform = new TableTransform(path, table, preprocessing);
        var data = transform.Run(Path.GetFileNameWithoutExtension(path), kept);
        return new TableRows(data, Array.ConvertAll(kept, row => table.Lines[row]), Report(table, kept, transform, plan.Notes));
    }

    private static TableReport Report(RawTable table, int[] kept, TableTransform transform, IEnumerable<OptionMessage> notes)
    {
        OptionMessage[] all = [.. notes, .. table.Notes];
        return new TableReport(table.Lines.Count, table.Lines.Count - kept.Length, transform.Filled, transform.Unknown) { Notes = all.Length == 0 ? [] : all };
    }

    private static Split SplitRows(string path, int[] kept, TableOptions options)
    {
        Split split;
        try
        {
            split = Split.ByFraction(kept.Length, options.ValidationShare, options.TestShare, options.Seed);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw OptionMessage.InvalidData($"{path}: {kept.Length} rows are too few to train, validate and test on. Take smaller shares with " +
                $"{new OptionHint(nameof(TableOptions.ValidationShare))} and {new OptionHint(nameof(TableOptions.TestShare))}.");
        }

        int[] Of(int[] places) => Array.ConvertAll(places, place => kept[place]);
        return new Split(Of(split.Train), Of(split.Validation), Of(split.Test));
    }
}
