namespace Gradus.Data;

/// <summary>Where the columns that a model knows stand in another file; holds that file open before its first row of data.</summary>
internal sealed class TablePlan : IDisposable
{
    private TablePlan(CsvRows rows, RawColumnPlan[] inputs, RawColumnPlan? target, IReadOnlyList<string> notes) => (Rows, Inputs, Target, Notes) = (rows, inputs, target, notes);

    public CsvRows Rows { get; }

    public RawColumnPlan[] Inputs { get; }

    public RawColumnPlan? Target { get; }

    /// <summary>What is to be said of the file.</summary>
    public IReadOnlyList<string> Notes { get; }

    public static TablePlan Make(string path, TablePreprocessing preprocessing, bool withTarget)
    {
        var notes = new List<string>();
        var layout = TableLayout.Of(path, preprocessing.Delimiter);
        var first = FirstRow(path, layout);
        var names = preprocessing.HasHeader ? Known(first, preprocessing) : null;
        if (names is null && (preprocessing.HasHeader || first.Length != preprocessing.FileColumns) && Other(path, preprocessing) is { } other)
        {
            notes.Add($"cells are separated by {TableLayout.NameOf(other.Layout.Delimiter)}, in the file that the model was trained on by {TableLayout.NameOf(preprocessing.Delimiter)}");
            (layout, first, names) = other;
        }

        if (layout.Title is { } title) notes.Add($"line 1: {Cell.Show(title)} is taken for a title above the table");
        var target = preprocessing.Target;
        int Place(string name, int index) => names is null ? index : Find(path, names, name, notes);
        // Class names are texts, whatever they look like; TableTransform knows 1.0 as the class 1.
        RawColumnPlan? targetPlan = withTarget
            ? new RawColumnPlan(target.Name, Place(target.Name, target.Index), target.Task == TaskKind.Classify ? ColumnKind.Text : ColumnKind.Number) { Format = target.Format, IsTold = target.IsTold }
            : null;
        var inputs = preprocessing.Columns.Select(column => new RawColumnPlan(column.Name, Place(column.Name, column.Index), column.Kind) { Format = column.Format, IsTold = column.IsTold }).ToArray();
        if (names is not null)
        {
            var lacking = inputs.Append(targetPlan ?? inputs[0]).Where(column => column.Index < 0).Select(column => Cell.Show(column.Name)).Distinct().Take(20).ToArray();
            if (lacking.Length > 0) throw new InvalidDataException($"{path}: line 1: no column {PlainText.QuoteAll(lacking)}; the model needs it.");
        }
        else if (preprocessing.HasHeader && LooksLikeNames(first, inputs))
        {
            var known = preprocessing.Columns.Select(static column => Cell.Show(column.Name)).Distinct();
            throw new InvalidDataException($"{path}: line 1: none of {PlainText.QuoteAll(first.Select(Cell.Show))} is a column of the model: {PlainText.QuoteAll(known)}.");
        }

        var rows = new CsvRows(path, layout);
        try
        {
            if (names is not null) rows.Next();
            else CheckWidth(path, first.Length, preprocessing, withTarget, inputs);
            return new TablePlan(rows, inputs, targetPlan, [.. notes.Distinct()]);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public void Dispose() => Rows.Dispose();

    /// <summary>The first row as names if it holds one of the model's columns.</summary>
    private static string[]? Known(string[] first, TablePreprocessing preprocessing)
    {
        var names = TableHeader.Names(first, [], 1);
        return preprocessing.Columns.Any(column => names.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) ? names : null;
    }

    // With what separates its cells found out anew, where the model's own delimiter does not fit.
    private static (TableLayout Layout, string[] First, string[]? Names)? Other(string path, TablePreprocessing preprocessing)
    {
        if (TableLayout.Guessed(path) is not { } layout || layout.Delimiter == preprocessing.Delimiter) return null;
        var first = FirstRow(path, layout);
        var names = preprocessing.HasHeader ? Known(first, preprocessing) : null;
        return names is not null || first.Length == preprocessing.FileColumns ? (layout, first, names) : null;
    }

    private static int Find(string path, string[] names, string name, List<string> notes)
    {
        var exact = Array.IndexOf(names, name);
        if (exact >= 0) return exact;
        var others = Enumerable.Range(0, names.Length).Where(column => names[column].Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (others.Length > 1) throw new InvalidDataException($"{path}: line 1: {string.Join(" and ", others.Select(column => Cell.Show(names[column])))} may both be the column {Cell.Show(name)} of the model. Name one of them so.");
        if (others.Length == 0) return -1;
        notes.Add($"line 1: {Cell.Show(names[others[0]])} is taken for the model's column {Cell.Show(name)}");
        return others[0];
    }

    // Texts where the model takes numbers, from the first to the last: a header of other columns.
    private static bool LooksLikeNames(string[] first, RawColumnPlan[] inputs)
    {
        var numbers = inputs.Where(static column => column.Kind == ColumnKind.Number).ToArray();
        return numbers.Length > 1 && numbers.All(column => column.Index < first.Length && column.Format.Read(first[column.Index], out _) == CellKind.Text);
    }

    private static string[] FirstRow(string path, TableLayout layout)
    {
        using var rows = new CsvRows(path, layout);
        return rows.Next() ? TableSchema.HeaderCells(rows, layout) : throw new InvalidDataException($"{path}: the file is empty, expected a table.");
    }

    // Without names a row must have as many cells as the model's rows had; to predict, the target's cell may be left out.
    private static void CheckWidth(string path, int width, TablePreprocessing preprocessing, bool withTarget, RawColumnPlan[] inputs)
    {
        if (width == preprocessing.FileColumns) return;
        if (withTarget || width != preprocessing.FileColumns - 1)
            throw new InvalidDataException($"{path}: got rows of {width} cells, expected {preprocessing.FileColumns}{(withTarget ? "" : ", or one less without the target")} as in the file that the model was trained on.");
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Index > preprocessing.Target.Index) inputs[i] = inputs[i] with { Index = inputs[i].Index - 1 };
        }
    }
}
