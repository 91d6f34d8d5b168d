namespace Gradus.Data;

/// <summary>A column to read: its index, its kind, and how its cells become numbers.</summary>
internal readonly record struct RawColumnPlan(string Name, int Index, ColumnKind Kind)
{
    public CellFormat Format { get; init; } = CellFormat.Plain;

    /// <summary>Whether the user gave the kind, so that any number of cells may be of another kind.</summary>
    public bool IsKindGiven { get; init; }

    /// <summary>Whether texts that differ only in case are equal.</summary>
    public bool FoldsCase { get; init; }
}

/// <summary>The cells of one column.</summary>
internal sealed class RawColumn(RawColumnPlan plan)
{
    private readonly Dictionary<string, int> _codes = new(plan.FoldsCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private (int Line, string Text, CellKind Kind)? _firstUnread;
    private int _unread;
    private int _read;

    public RawColumnPlan Plan => plan;

    /// <summary>The number of each row, NaN where missing; empty for a column of texts.</summary>
    public List<double> Numbers { get; } = [];

    /// <summary>For each row an index in <see cref="Texts"/>, or −1 where missing; empty for a column of numbers.</summary>
    public List<int> Codes { get; } = [];

    /// <summary>The different texts, in the order in which they first occur.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>A number, a text, or null where the cell is missing.</summary>
    public object? CellAt(int row) => IsMissing(row) ? null : plan.Kind == ColumnKind.Number ? Numbers[row] : Texts[Codes[row]];

    public bool IsMissing(int row) => plan.Kind == ColumnKind.Number ? double.IsNaN(Numbers[row]) : Codes[row] < 0;

    public void Add(CellRows rows)
    {
        if (plan.Kind == ColumnKind.Number)
        {
            var kind = rows.Read(plan.Index, plan.Format, out var number);
            if (kind is CellKind.Text or CellKind.Infinite)
            {
                _unread++;
                _firstUnread ??= (rows.Line, rows[plan.Index], kind);
            }
            else if (kind == CellKind.Number)
            {
                _read++;
            }

            Numbers.Add(number);
            return;
        }

        var cell = rows[plan.Index];
        if (Cell.IsMissing(cell))
        {
            Codes.Add(-1);
            return;
        }

        if (!_codes.TryGetValue(cell, out var code))
        {
            code = Texts.Count;
            _codes.Add(cell, code);
            Texts.Add(plan.FoldsCase ? cell.ToLowerInvariant() : cell);
        }

        Codes.Add(code);
    }

    /// <summary>What to report about cells that are no numbers; null where there are none.</summary>
    /// <exception cref="InvalidDataException">There are too many such cells.</exception>
    public OptionMessage? Unread(TableOrigin origin)
    {
        if (_firstUnread is not { } first) return null;
        var present = _unread + _read;
        if (!plan.IsKindGiven && _read < DecimalMarks.Enough * present)
        {
            var how = plan.Format.Decimal == ',' ? " with a decimal comma" : "";
            throw new InvalidDataException($"{origin.At(first.Line)}: column {Cell.Show(plan.Name)}: " +
                $"got {Cell.Show(first.Text)}, expected {plan.Format.Expected(first.Kind)}{how}. {_unread} of {present} cells are none.");
        }

        var cells = $"{_unread} of {present} cells {(_unread == 1 ? "is" : "are")} {plan.Format.Unmet(first.Kind)}";
        return $"column {Cell.Show(plan.Name)}: {cells}, the first is {Cell.Show(first.Text)} ({origin.Unit} {first.Line}); taken as missing";
    }
}

/// <summary>The columns of a file that are needed, read in one pass.</summary>
internal sealed class RawTable
{
    // One row in so many may be without a target.
    private const int LeastDropped = 20;

    // Rows that are told one by one.
    private const int MostPlaces = 10;

    private readonly TableOrigin _origin;

    private RawTable(TableOrigin origin, IEnumerable<RawColumnPlan> columns, RawColumnPlan? target)
    {
        _origin = origin;
        Columns = [.. columns.Select(column => new RawColumn(column))];
        Target = target is { } plan ? new RawColumn(plan) : null;
    }

    public RawColumn[] Columns { get; }

    public RawColumn? Target { get; }

    /// <summary>Whether a trained model is asked about the rows, which nothing can be chosen for any more. Default: false, they are learnt from.</summary>
    public bool IsForModel { get; init; }

    /// <summary>What to report about cells that are no numbers.</summary>
    public IReadOnlyList<OptionMessage> Notes { get; private set; } = [];

    /// <summary>The line on which each row starts, from 1.</summary>
    public List<int> Lines { get; } = [];

    public static RawTable Read(TableOrigin origin, CellRows rows, IEnumerable<RawColumnPlan> columns, RawColumnPlan? target, bool isForModel = false)
    {
        var table = new RawTable(origin, columns, target) { IsForModel = isForModel };
        while (rows.Next())
        {
            foreach (var column in table.Columns) column.Add(rows);
            table.Target?.Add(rows);
            table.Lines.Add(rows.Line);
        }

        var read = table.Columns.Append(table.Target).OfType<RawColumn>().DistinctBy(static column => column.Plan.Index);
        table.Notes = [.. read.Select(column => column.Unread(origin)).OfType<OptionMessage>()];
        return table;
    }

    /// <summary>The rows that are kept.</summary>
    /// <exception cref="InvalidDataException">A cell is missing that must not be, or no row is kept.</exception>
    public int[] Keep(MissingValues missing)
    {
        var kept = new List<int>(Lines.Count);
        // A few rows without a target teach nothing; many may be a mistake.
        var mostDropped = missing == MissingValues.Fill && Target is not null ? Lines.Count / LeastDropped : 0;
        var withoutTarget = Target is null ? 0 : Enumerable.Range(0, Lines.Count).Count(Target.IsMissing);
        for (var row = 0; row < Lines.Count; row++)
        {
            var hole = Target?.IsMissing(row) == true ? Target : missing == MissingValues.Fill ? null : Array.Find(Columns, column => column.IsMissing(row));
            if (hole is null) kept.Add(row);
            else if (missing != MissingValues.Drop && (hole != Target || withoutTarget > mostDropped)) throw Missing(hole, row);
        }

        if (kept.Count > 0) return [.. kept];
        if (Lines.Count == 0) throw new InvalidDataException($"{_origin}: got no rows of data.");
        if (IsForModel)
            throw new InvalidDataException($"{_origin}: each of the {Lines.Count} rows has a missing cell, and the model takes none in which one is missing.");
        throw OptionMessage.InvalidData($"{_origin}: each of the {Lines.Count} rows has a missing cell, so dropping leaves none. " +
            $"Fill missing values ({Advice.Missing(MissingValues.Fill)}), or leave a column out ({Advice.Ignore()}).");
    }

    /// <summary>Which rows are not kept; null where all are.</summary>
    public OptionMessage? LeftOut(int[] kept)
    {
        int[] left = [.. Enumerable.Range(0, Lines.Count).Except(kept)];
        if (left.Length == 0) return null;
        var places = string.Join(", ", left.Take(MostPlaces).Select(row => Lines[row])) + (left.Length > MostPlaces ? ", …" : "");
        if (left.Length == 1) return $"a row is left out, since a cell of it is missing: {_origin.Unit} {places}";
        return $"{left.Length} rows are left out, since a cell of each is missing: {_origin.Unit}s {places}";
    }

    private InvalidDataException Missing(RawColumn column, int row)
    {
        OptionMessage place = $"{_origin.At(Lines[row])}: column {Cell.Show(column.Plan.Name)}";
        if (IsForModel)
        {
            return new InvalidDataException(column == Target
                ? $"{place}: the target is missing, which predictions are compared with. Leave such rows out of the table."
                : $"{place}: a value is missing, and the model was trained to fill none. Give one, or leave such rows out of the table.");
        }

        var drop = Advice.Missing(MissingValues.Drop);
        return column == Target
            ? OptionMessage.InvalidData($"{place}: the target is missing. A target cannot be filled: drop rows with missing values ({drop}).")
            : OptionMessage.InvalidData(
                $"{place}: a value is missing. Fill missing values ({Advice.Missing(MissingValues.Fill)}) or drop such rows ({drop}).");
    }
}
