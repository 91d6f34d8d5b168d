namespace Gradus.Data;

/// <summary>Where the columns of a model are in a later file. The file is open, positioned before its first row of data.</summary>
internal sealed class TablePlan : IDisposable
{
    private TablePlan(RawColumnPlan[] inputs, RawColumnPlan? target, IReadOnlyList<OptionMessage> notes, TableContents contents) =>
        (Rows, Inputs, Target, Notes, Contents) = (contents.Open(), inputs, target, notes, contents);

    public CellRows Rows { get; }

    public RawColumnPlan[] Inputs { get; }

    public RawColumnPlan? Target { get; }

    /// <summary>What to report about the file.</summary>
    public IReadOnlyList<OptionMessage> Notes { get; }

    /// <summary>All columns of the file.</summary>
    public TableContents Contents { get; }

    public static TablePlan Make(string path, TablePreprocessing preprocessing, bool withTarget)
    {
        var notes = new List<OptionMessage>();
        var layout = TableLayout.Of(path, preprocessing.Delimiter);
        var first = FirstRow.Of(path, layout);
        var isHeader = preprocessing.HasHeader && first.HasNameOf(preprocessing);
        if (!isHeader && (preprocessing.HasHeader || first.Cells.Length != preprocessing.FileColumns) && Other(path, preprocessing) is { } other)
        {
            (layout, first, isHeader) = other;
            var (here, there) = (TableLayout.NameOf(layout.Delimiter), TableLayout.NameOf(preprocessing.Delimiter));
            notes.Add($"cells are separated by {here}, in the file that the model was trained on by {there}");
        }

        if (layout.TitleNote is { } note) notes.Add(note);
        var origin = TableOrigin.Lines(path);
        var (inputs, target) = isHeader ? ByName(origin, first, preprocessing, withTarget, notes) : ByPlace(preprocessing, withTarget);
        if (!isHeader && preprocessing.HasHeader && LooksLikeNames(first.Cells, inputs)) throw NoneKnown(origin, first, preprocessing);
        if (!isHeader) CheckWidth(path, first.Cells.Length, preprocessing, withTarget, inputs);
        string[] names = isHeader ? first.Names : [.. first.Cells.Select(static (_, column) => $"column {column}")];
        var contents = TableContents.Of(names, !isHeader, inputs, preprocessing, () => Open(path, layout, isHeader));
        return new TablePlan(inputs, target, [.. notes.DistinctBy(static note => note.ToString())], contents);
    }

    /// <summary>Opens a file, positioned before its first row of data.</summary>
    private static CsvRows Open(string path, TableLayout layout, bool hasHeader)
    {
        var rows = new CsvRows(path, layout);
        try
        {
            if (hasHeader) rows.Next();
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>The columns of a table, found by their names.</summary>
    /// <exception cref="InvalidDataException">A column is missing, or several may be it.</exception>
    public static (RawColumnPlan[] Inputs, RawColumnPlan? Target) ByName(
        TableOrigin origin, FirstRow first, TablePreprocessing preprocessing, bool withTarget, List<OptionMessage> notes)
    {
        var (inputs, target) = ByPlace(preprocessing, withTarget);
        inputs = Array.ConvertAll(inputs, column => column with { Index = first.Find(origin, column.Name, notes) });
        if (target is { } plan) target = plan with { Index = first.Find(origin, plan.Name, notes) };
        var lacking = inputs.Where(static column => column.Index < 0).Select(static column => Cell.Show(column.Name)).ToHashSet();
        if (lacking.Count > 0)
        {
            var needed = lacking.Count == 1 ? "it" : "them";
            throw new InvalidDataException($"{first.Place(origin)}: no column {PlainText.QuoteAll(lacking)}; the model needs {needed}.");
        }

        if (target is { Index: < 0, Name: var name })
            throw new InvalidDataException($"{first.Place(origin)}: no column {Cell.Show(name)}, the target, which predictions are compared with.");
        return (inputs, target);
    }

    /// <summary>The columns of a table, where they stood in the table that the model was trained on.</summary>
    public static (RawColumnPlan[] Inputs, RawColumnPlan? Target) ByPlace(TablePreprocessing preprocessing, bool withTarget)
    {
        var target = preprocessing.Target;
        RawColumnPlan? plan = withTarget
            ? new RawColumnPlan(target.Name, target.Index, target.IsNumber ? ColumnKind.Number : ColumnKind.Text)
            {
                Format = target.Format,
                IsKindGiven = target.IsKindGiven,
            }
            : null;
        RawColumnPlan[] inputs =
        [
            .. preprocessing.Columns.Select(static column =>
                new RawColumnPlan(column.Name, column.Index, column.Kind) { Format = column.Format, IsKindGiven = column.IsKindGiven }),
        ];
        return (inputs, plan);
    }

    public void Dispose() => Rows.Dispose();

    private static InvalidDataException NoneKnown(TableOrigin origin, FirstRow first, TablePreprocessing preprocessing)
    {
        var known = preprocessing.Columns.Select(static column => Cell.Show(column.Name)).Distinct();
        return new InvalidDataException($"{origin.At(first.Line)}: none of {PlainText.QuoteAll(first.Cells.Select(Cell.Show))} is a column of the " +
            $"model: {PlainText.QuoteAll(known)}.");
    }

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
        {
            throw new InvalidDataException(
                $"{path}: got rows of {width} cells, " +
                $"expected {preprocessing.FileColumns}{(withTarget ? "" : ", or one less without the target")} as in the file that the model was trained on.");
        }

        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Index > preprocessing.Target.Index) inputs[i] = inputs[i] with { Index = inputs[i].Index - 1 };
        }
    }
}
