namespace Gradus.Data;

/// <summary>Where the columns that a model knows stand in another file; holds that file open before its first row of data.</summary>
internal sealed class TablePlan : IDisposable
{
    private TablePlan(CsvRows rows, RawColumnPlan[] inputs, RawColumnPlan? target) => (Rows, Inputs, Target) = (rows, inputs, target);

    public CsvRows Rows { get; }

    public RawColumnPlan[] Inputs { get; }

    public RawColumnPlan? Target { get; }

    public static TablePlan Make(string path, TablePreprocessing preprocessing, bool withTarget)
    {
        var names = preprocessing.HasHeader ? FirstRow(path, preprocessing) : null;
        if (names is not null && !preprocessing.Columns.Any(column => names.Contains(column.Name))) names = null;

        var target = preprocessing.Target;
        int Place(string name, int index) => names is null ? index : Array.IndexOf(names, name);
        // Class names are texts, whatever they look like; TableTransform knows 1.0 as the class 1.
        RawColumnPlan? targetPlan = withTarget
            ? new RawColumnPlan(target.Name, Place(target.Name, target.Index), target.Task == TaskKind.Classify ? ColumnKind.Text : ColumnKind.Number)
            : null;
        var inputs = preprocessing.Columns.Select(column => new RawColumnPlan(column.Name, Place(column.Name, column.Index), column.Kind)).ToArray();
        if (names is not null)
        {
            var lacking = inputs.Append(targetPlan ?? inputs[0]).Where(column => column.Index < 0).Select(column => Cell.Show(column.Name)).Take(20).ToArray();
            if (lacking.Length > 0) throw new InvalidDataException($"{path}: line 1: no column {PlainText.QuoteAll(lacking)}; the model needs it.");
        }

        var rows = new CsvRows(path, preprocessing.Delimiter);
        try
        {
            if (names is not null) rows.Next();
            else CheckWidth(path, preprocessing, withTarget, inputs);
            return new TablePlan(rows, inputs, targetPlan);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public void Dispose() => Rows.Dispose();

    private static string[] FirstRow(string path, TablePreprocessing preprocessing)
    {
        using var rows = Open(path, preprocessing);
        return [.. Enumerable.Range(0, rows.Width).Select(column => rows[column].Length > 0 ? rows[column] : $"column {column}")];
    }

    // Without names a row must have as many cells as the model's rows had; to predict, the target's cell may be left out.
    private static void CheckWidth(string path, TablePreprocessing preprocessing, bool withTarget, RawColumnPlan[] inputs)
    {
        int width;
        using (var rows = Open(path, preprocessing)) width = rows.Width;
        if (width == preprocessing.FileColumns) return;
        if (withTarget || width != preprocessing.FileColumns - 1)
            throw new InvalidDataException($"{path}: got rows of {width} cells, expected {preprocessing.FileColumns}{(withTarget ? "" : ", or one less without the target")} as in the file that the model was trained on.");
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Index > preprocessing.Target.Index) inputs[i] = inputs[i] with { Index = inputs[i].Index - 1 };
        }
    }

    private static CsvRows Open(string path, TablePreprocessing preprocessing)
    {
        var rows = new CsvRows(path, preprocessing.Delimiter);
        if (rows.Next()) return rows;
        rows.Dispose();
        throw new InvalidDataException($"{path}: the file is empty, expected a table.");
    }
}
