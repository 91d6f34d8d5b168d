namespace Gradus.Data;

/// <summary>From the rows of any table to samples: the one way of them all.</summary>
internal static class TableLearning
{
    /// <summary>Learns the preprocessing from the training rows and applies it to all.</summary>
    /// <param name="origin">The table.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="rows">Its rows, before the first row of data.</param>
    /// <param name="options">The options, already validated.</param>
    public static TableSplit Learn(TableOrigin origin, TableSchema schema, CellRows rows, TableOptions options)
    {
        var plan = LearningPlan.Make(origin, schema, options);
        var table = RawTable.Read(origin, rows, plan.Inputs, plan.Target);
        var kept = table.Keep(options.Missing);
        var (train, valid, test) = SplitRows(origin, kept, options);
        var preprocessing = new TablePreprocessing
        {
            HasHeader = schema.HasHeader,
            Delimiter = schema.Delimiter,
            FileColumns = schema.Names.Length,
            Missing = options.Missing,
            Columns = Array.ConvertAll(table.Columns, column => TableFit.Column(origin, column, train, options.MaxCategories)),
            Target = TableFit.Target(origin, table.Target!, options.Task, kept, train, schema[plan.Target.Index].NearlyNumbers),
        };
        if (preprocessing.InputSize == 0) throw new InvalidDataException($"{origin}: no training row has a value in an input column.");

        var transform = new TableTransform(origin, table, preprocessing);
        var data = new DataSplit(transform.Run(origin.Title, train), transform.Run(origin.Title, valid), transform.Run(origin.Title, test));
        return new TableSplit(data, preprocessing, Report(table, kept, transform, plan.Notes));
    }

    /// <summary>Applies a preprocessing to all rows.</summary>
    public static TableRows Apply(
        TableOrigin origin, CellRows rows, RawColumnPlan[] inputs, RawColumnPlan? target, IReadOnlyList<OptionMessage> notes, TablePreprocessing preprocessing)
    {
        var table = RawTable.Read(origin, rows, inputs, target);
        var kept = table.Keep(preprocessing.Missing);
        var transform = new TableTransform(origin, table, preprocessing);
        var data = transform.Run(origin.Title, kept);
        return new TableRows(data, Array.ConvertAll(kept, row => table.Lines[row]), Report(table, kept, transform, notes));
    }

    private static TableReport Report(RawTable table, int[] kept, TableTransform transform, IEnumerable<OptionMessage> notes)
    {
        OptionMessage[] all = [.. notes, .. table.Notes];
        return new TableReport(table.Lines.Count, table.Lines.Count - kept.Length, transform.Filled, transform.Unknown) { Notes = all.Length == 0 ? [] : all };
    }

    private static Split SplitRows(TableOrigin origin, int[] kept, TableOptions options)
    {
        Split split;
        try
        {
            split = Split.ByFraction(kept.Length, options.ValidationShare, options.TestShare, options.Seed);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw OptionMessage.InvalidData($"{origin}: {kept.Length} rows are too few to train, validate and test on. Take smaller shares with " +
                $"{new OptionHint(nameof(TableOptions.ValidationShare))} and {new OptionHint(nameof(TableOptions.TestShare))}.");
        }

        int[] Of(int[] places) => Array.ConvertAll(places, place => kept[place]);
        return new Split(Of(split.Train), Of(split.Validation), Of(split.Test));
    }
}
