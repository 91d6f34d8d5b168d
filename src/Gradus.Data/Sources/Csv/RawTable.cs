namespace Gradus.Data;

/// <summary>A column to be read: where it stands and what it holds.</summary>
internal readonly record struct RawColumnPlan(string Name, int Index, ColumnKind Kind);

/// <summary>The cells of one column as they stand in the file.</summary>
internal sealed class RawColumn(RawColumnPlan plan)
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

    public RawColumnPlan Plan => plan;

    /// <summary>One per row, NaN where missing; empty for a column of texts.</summary>
    public List<double> Numbers { get; } = [];

    /// <summary>One per row, a place in <see cref="Texts"/> or −1 where missing; empty for a column of numbers.</summary>
    public List<int> Codes { get; } = [];

    /// <summary>The different texts, in the order of their first appearance.</summary>
    public List<string> Texts { get; } = [];

    public bool IsMissing(int row) => plan.Kind == ColumnKind.Number ? double.IsNaN(Numbers[row]) : Codes[row] < 0;

    public void Add(CsvRows rows)
    {
        var kind = rows.Read(plan.Index, out var number);
        if (plan.Kind == ColumnKind.Number)
        {
            if (kind == CellKind.Text) throw rows.Fail($"column {Cell.Show(plan.Name)}: got {Cell.Show(rows[plan.Index])}, expected a number.");
            if (kind == CellKind.Infinite) throw rows.Fail($"column {Cell.Show(plan.Name)}: got {Cell.Show(rows[plan.Index])}, expected a finite number.");
            Numbers.Add(number);
            return;
        }

        if (kind == CellKind.Missing)
        {
            Codes.Add(-1);
            return;
        }

        var cell = rows[plan.Index];
        if (!_codes.TryGetValue(cell, out var code))
        {
            code = Texts.Count;
            _codes.Add(cell, code);
            Texts.Add(cell);
        }

        Codes.Add(code);
    }
}

/// <summary>The wanted columns of a file, read in one pass.</summary>
internal sealed class RawTable
{
    private readonly string _path;

    private RawTable(string path, IEnumerable<RawColumnPlan> columns, RawColumnPlan? target)
    {
        _path = path;
        Columns = [.. columns.Select(column => new RawColumn(column))];
        Target = target is { } plan ? new RawColumn(plan) : null;
    }

    public RawColumn[] Columns { get; }

    public RawColumn? Target { get; }

    /// <summary>The line that each row starts on.</summary>
    public List<int> Lines { get; } = [];

    public static RawTable Read(string path, CsvRows rows, IEnumerable<RawColumnPlan> columns, RawColumnPlan? target)
    {
        var table = new RawTable(path, columns, target);
        while (rows.Next())
        {
            foreach (var column in table.Columns) column.Add(rows);
            table.Target?.Add(rows);
            table.Lines.Add(rows.Line);
        }

        return table;
    }

    /// <summary>The rows that stay.</summary>
    /// <exception cref="InvalidDataException">A cell is missing that must not be, or no row stays.</exception>
    public int[] Keep(MissingValues missing)
    {
        var kept = new List<int>(Lines.Count);
        for (var row = 0; row < Lines.Count; row++)
        {
            var hole = Target?.IsMissing(row) == true ? Target : missing == MissingValues.Fill ? null : Array.Find(Columns, column => column.IsMissing(row));
            if (hole is null) kept.Add(row);
            else if (missing != MissingValues.Drop) throw Missing(hole, row);
        }

        if (kept.Count == 0)
            throw new InvalidDataException(Lines.Count == 0 ? $"{_path}: got no rows of data." : $"{_path}: each of the {Lines.Count} rows has a missing cell, so dropping leaves none. Fill missing values, or ignore a column.");
        return [.. kept];
    }

    private InvalidDataException Missing(RawColumn column, int row)
    {
        var role = column == Target ? "the target" : "a value";
        var advice = column == Target ? "A target cannot be filled: drop rows with missing values." : "Fill missing values or drop such rows.";
        return new InvalidDataException($"{_path}: line {Lines[row]}: column {Cell.Show(column.Plan.Name)}: {role} is missing. {advice}");
    }
}
