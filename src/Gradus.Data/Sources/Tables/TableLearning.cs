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
        if (options.Window is { } window) return LearnSeries(origin, schema, plan, table, window, options);
        var kept = table.Keep(options.Missing);
        var (train, valid, test) = SplitRows(origin, kept, options);
        var notes = new List<OptionMessage>();
        var (words, length) = options.Text is null ? (null, 0) : SentenceLearning.Learn(origin, table.Columns[0], train, options);
        var preprocessing = new TablePreprocessing
        {
            HasHeader = schema.HasHeader,
            Delimiter = schema.Delimiter,
            FileColumns = schema.Names.Length,
            Missing = options.Missing,
            Columns = words is not null
                ? [new TableColumn { Name = plan.Inputs[0].Name, Index = plan.Inputs[0].Index, Kind = ColumnKind.Text }]
                : Array.ConvertAll(table.Columns, column => TableFit.Column(origin, column, train, options.MaxCategories, notes)),
            Words = words,
            Length = length,
            Target = TableFit.Target(origin, table.Target!, options, kept, train, schema[plan.Target.Index].NearlyNumbers, notes),
        };
        if (preprocessing.InputSize == 0) throw new InvalidDataException($"{origin}: no training row has a value in an input column.");

        var transform = new TableTransform(origin, table, preprocessing);
        var data = new DataSplit(transform.Run(origin.Title, train), transform.Run(origin.Title, valid), transform.Run(origin.Title, test));
        var report = Report(table, kept, transform.Filled, transform.Unknown, [.. plan.Notes, .. notes, .. transform.Notes]);
        return new TableSplit(data, preprocessing, report)
        {
            Audit = options.Audit ? new TableAuditor(table, preprocessing, new Split(train, valid, test)).Run() : null,
        };
    }

    /// <summary>Applies a preprocessing to all rows.</summary>
    public static TableRows Apply(
        TableOrigin origin, CellRows rows, RawColumnPlan[] inputs, RawColumnPlan? target, IReadOnlyList<OptionMessage> notes, TablePreprocessing preprocessing)
    {
        var table = RawTable.Read(origin, rows, inputs, target, isForModel: true);
        if (preprocessing.Window > 0) return ApplySeries(origin, table, notes, preprocessing);
        var kept = table.Keep(preprocessing.Missing);
        var transform = new TableTransform(origin, table, preprocessing);
        var data = transform.Run(origin.Title, kept);
        var report = Report(table, kept, transform.Filled, transform.Unknown, [.. notes, .. transform.Notes]);
        return new TableRows(data, Array.ConvertAll(kept, row => table.Lines[row]), report)
        {
            Cells = (sample, column) => table.Columns[column].CellAt(kept[sample]),
        };
    }

    private static TableSplit LearnSeries(
        TableOrigin origin, TableSchema schema, LearningPlan plan, RawTable table, int window, TableOptions options)
    {
        var last = SeriesLearning.Windows(origin, table, options.Missing, window, options.Horizon, out var filled);
        var split = SplitRows(origin, last, options);
        // What the training windows show, and their targets: later rows are unknown when a network is trained.
        var seen = Enumerable.Range(0, split.Train[^1] + options.Horizon + 1).ToArray();
        var columns = Array.ConvertAll(table.Columns, column => TableFit.Column(origin, column, seen, options.MaxCategories, []));
        var own = Array.Find(columns, column => column.Index == plan.Target.Index)!;
        var past = Array.Find(table.Columns, column => column.Plan.Index == plan.Target.Index)!;
        var (mean, deviation) = TableFit.Scale(origin, past, seen, options.TargetTransform);
        var preprocessing = new TablePreprocessing
        {
            HasHeader = schema.HasHeader,
            Delimiter = schema.Delimiter,
            FileColumns = schema.Names.Length,
            Missing = options.Missing,
            Columns = columns,
            Target = new TableTarget
            {
                Name = own.Name,
                Index = own.Index,
                Task = TaskKind.Regress,
                Format = own.Format,
                IsKindGiven = own.IsKindGiven,
                Transform = options.TargetTransform,
                Mean = mean,
                Deviation = deviation,
            },
            Window = window,
            Horizon = options.Horizon,
        };
        var transform = new TableTransform(origin, table, preprocessing);
        var series = transform.WriteRows([.. Enumerable.Range(0, table.Lines.Count)]);
        Dataset Run(int[] windows) => SeriesLearning.Run(origin.Title, transform, table, preprocessing, series, windows);
        var report = Report(table, kept: null, filled, 0, plan.Notes);
        return new TableSplit(new DataSplit(Run(split.Train), Run(split.Validation), Run(split.Test)), preprocessing, report)
        {
            Audit = options.Audit ? new TableAuditor(table, preprocessing, split).Run() : null,
        };
    }

    private static TableRows ApplySeries(TableOrigin origin, RawTable table, IReadOnlyList<OptionMessage> notes, TablePreprocessing preprocessing)
    {
        var last = SeriesLearning.Windows(origin, table, preprocessing.Missing, preprocessing.Window, preprocessing.Horizon, out var filled);
        var transform = new TableTransform(origin, table, preprocessing);
        var series = transform.WriteRows([.. Enumerable.Range(0, table.Lines.Count)]);
        var data = SeriesLearning.Run(origin.Title, transform, table, preprocessing, series, last);
        return new TableRows(data, Array.ConvertAll(last, row => table.Lines[row]), Report(table, kept: null, filled, 0, notes));
    }

    /// <param name="table">The table.</param>
    /// <param name="kept">The rows that are kept; null for all.</param>
    /// <param name="filled">Number of cells that were filled.</param>
    /// <param name="unknown">Number of cells of unknown category.</param>
    /// <param name="notes">What was noticed so far.</param>
    private static TableReport Report(RawTable table, int[]? kept, int filled, int unknown, IEnumerable<OptionMessage> notes)
    {
        var rows = table.Lines.Count;
        OptionMessage[] all = [.. notes, .. table.Notes];
        if (kept is not null && table.LeftOut(kept) is { } left) all = [.. all, left];
        return new TableReport(rows, rows - (kept?.Length ?? rows), filled, unknown) { Notes = all.Length == 0 ? [] : all };
    }

    private static Split SplitRows(TableOrigin origin, int[] kept, TableOptions options)
    {
        Split split;
        try
        {
            split = options.Fold is { } fold ? fold.Of(kept.Length, options.ValidationShare, options.Seed) : options.Window is null
                ? Split.ByFraction(kept.Length, options.ValidationShare, options.TestShare, options.Seed)
                : SeriesLearning.ByTime(kept.Length, options.ValidationShare, options.TestShare);
        }
        catch (ArgumentOutOfRangeException)
        {
            if (options.Fold is { Count: var folds })
            {
                throw OptionMessage.InvalidData(
                    $"{origin}: {kept.Length} rows are too few for {folds} folds: take fewer with {new OptionHint(nameof(options.Fold))}.");
            }

            var unit = options.Window is null ? "rows" : "windows";
            throw OptionMessage.InvalidData($"{origin}: {kept.Length} {unit} are too few to train, validate and test on. Take smaller shares with " +
                $"{new OptionHint(nameof(TableOptions.ValidationShare))} and {new OptionHint(nameof(TableOptions.TestShare))}.");
        }

        int[] Of(int[] places) => Array.ConvertAll(places, place => kept[place]);
        return new Split(Of(split.Train), Of(split.Validation), Of(split.Test));
    }
}
