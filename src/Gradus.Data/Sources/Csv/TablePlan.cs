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
        var first = FirstRow.Of(path, layout);
        var isHeader = preprocessing.HasHeader && first.HasNameOf(preprocessing);
        if (!isHeader && (preprocessing.HasHeader || first.Cells.Length != preprocessing.FileColumns) && Other(path, preprocessing) is { } other)
        {
            notes.Add($"cells are separated by {TableLayout.NameOf(other.Layout.Delimiter)}, in the file that the model was trained on by {TableLayout.NameOf(preprocessing.Delimiter)}");
            (layout, first, isHeader) = other;
        }

        if (layout.TitleNote is { } note) notes.Add(note);
        var target = preprocessing.Target;
        int Place(string name, int index) => isHeader ? first.Find(path, name, notes) : index;
        RawColumnPlan? targetPlan = withTarget
            ? new RawColumnPlan(target.Name, Place(target.Name, target.Index), target.IsNumber ? ColumnKind.Number : ColumnKind.Text) { Format = target.Format, IsTold = target.IsTold }
            : null;
        var inputs = preprocessing.Columns.Select(column => new RawColumnPlan(column.Name, Place(column.Name, column.Index), column.Kind) { Format = column.Format, IsTold = column.IsTold }).ToArray();
        if (isHeader)
        {
            var lacking = inputs.Append(targetPlan ?? inputs[0]).Where(column => column.Index < 0).Select(column => Cell.Show(column.Name)).Distinct().Take(20).ToArray();
            if (lacking.Length > 0) throw new InvalidDataException($"{path}: line {first.Line}: no column {PlainText.QuoteAll(lacking)}; the model needs it.");
        }
        else if (preprocessing.HasHeader && LooksLikeNames(first.Cells, inputs))
        {
            var known = preprocessing.Columns.Select(static column => Cell.Show(column.Name)).Distinct();
            throw new InvalidDataException($"{path}: line {first.Line}: none of {PlainText.QuoteAll(first.Cells.Select(Cell.Show))} is a column of the model: {PlainText.QuoteAll(known)}.");
        }

        var rows = new CsvRows(path, layout);
        try
        {
            if (isHeader) rows.Next();
            else CheckWidth(path, first.Cells.Length, preprocessing, withTarget, inputs);
            return new TablePlan(rows, inputs, targetPlan, [.. notes.Distinct()]);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public void Dispose() => Rows.Dispose();

    // With what separates its cells found out anew, where the model's own delimiter does not fit.
    private static (TableLayout Layout, FirstRow First, bool IsHeader)? Other(string path, TablePreprocessing preprocessing)
    {
        if (TableLayout.Guessed(path) is not { } layout || layout.Delimiter == preprocessing.Delimiter) return null;
        var first = FirstRow.Of(path, layout);
        var isHeader = preprocessing.HasHeader && first.HasNameOf(preprocessing);
        return isHeader || first.Cells.Length == preprocessing.FileColumns ? (layout, first, isHeader) : null;
    }

    // Texts where the model takes numbers, from the first to the last: a header of other columns.
    private static bool LooksLikeNames(string[] first, RawColumnPlan[] inputs)
    {
        var numbers = inputs.Where(static column => column.Kind == ColumnKind.Number).ToArray();
        return numbers.Length > 1 && numbers.All(column => column.Index < first.Length && column.Format.Read(first[column.Index], out _) == CellKind.Text);
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
