namespace Gradus.Data;

/// <summary>What was made of a file's rows.</summary>
/// <param name="Rows">Rows of data in the file.</param>
/// <param name="Dropped">Rows left out because a cell was missing.</param>
/// <param name="Filled">Missing input cells of the rows that stayed.</param>
/// <param name="Unknown">Texts, or missing texts, that the training rows did not have: all their column's inputs are 0.</param>
public sealed record TableReport(int Rows, int Dropped, int Filled, int Unknown)
{
    /// <summary>What was recognized, left out or made of the file, a line each; empty for a plain table.</summary>
    public IReadOnlyList<OptionMessage> Notes { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableReport), PrintMembers);
}

/// <summary>A table that was read to learn from.</summary>
/// <param name="Data">Its rows, split at random.</param>
/// <param name="Preprocessing">How rows became numbers; belongs to the model.</param>
/// <param name="Report">What was dropped and filled.</param>
public sealed record TableSplit(DataSplit Data, TablePreprocessing Preprocessing, TableReport Report);

/// <summary>A table that was read for a model that exists.</summary>
/// <param name="Data">Its rows in the file's order.</param>
/// <param name="Lines">The line of the file that each sample starts on, from 1; rows may have been dropped.</param>
/// <param name="Report">What was dropped and filled.</param>
public sealed record TableRows(Dataset Data, IReadOnlyList<int> Lines, TableReport Report)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableRows), PrintMembers);
}

/// <summary>
/// Tables from CSV files: cells separated by comma, semicolon, tab or vertical bar, with or without a header, plain or gzip, UTF-8 or UTF-16.
/// </summary>
public static class CsvTable
{
    /// <summary>
    /// Reads a table to learn from: splits its rows by the seed, learns from the training rows how columns become numbers, applies that to all.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <returns>Inputs of shape [<see cref="TablePreprocessing.InputSize"/>], with labels or standardized targets.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no table, or does not suit the options; the message is one line.</exception>
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

    /// <summary>Reads a table for a model that exists, with what was learnt along with the model.</summary>
    /// <remarks>
    /// A file with a header is matched by column names, in any order and whatever their capitals, further columns being ignored; without, by
    /// position. If the model's own file had a header, the first row is taken for one if it holds a name of an input column.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="preprocessing">What <see cref="Load"/> learnt.</param>
    /// <param name="withTarget">Whether the target is wanted, to evaluate; otherwise the file may come without its column, to predict.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file does not fit; the message is one line.</exception>
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
            split = Split.ByFraction(kept.Length, options.Valid, options.Test, options.Seed);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw OptionMessage.InvalidData($"{path}: {kept.Length} rows are too few to train, validate and test on. Take smaller shares with " +
                $"{new OptionHint(nameof(TableOptions.Valid))} and {new OptionHint(nameof(TableOptions.Test))}.");
        }

        int[] Of(int[] places) => Array.ConvertAll(places, place => kept[place]);
        return new Split(Of(split.Train), Of(split.Valid), Of(split.Test));
    }
}
