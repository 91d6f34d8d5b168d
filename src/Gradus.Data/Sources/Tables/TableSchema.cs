namespace Gradus.Data;

/// <summary>The kind of a column.</summary>
public enum ColumnKind
{
    /// <summary>Numbers. The column becomes one standardized input.</summary>
    Number,

    /// <summary>Texts. The column becomes one input per category (one-hot).</summary>
    Text,

    /// <summary>Dates or times of day. Each part that varies becomes one standardized input, with a <see cref="TableColumn"/> of its own.</summary>
    Date,
}

/// <summary>
/// The columns of a table and their kinds, found in a first pass over all rows. A file is not kept in memory, since it may be large.
/// </summary>
internal sealed class TableSchema
{
    // A table that has none is later read as a CSV file with commas, where it is one then.
    private const char AnyDelimiter = ',';

    private readonly string[] _names;
    private readonly ColumnDecision[] _columns;

    private TableSchema(TableLayout? layout, bool hasHeader, string[] names, ColumnDecision[] columns, List<OptionMessage> notes) =>
        (Layout, HasHeader, _names, _columns, Notes) = (layout, hasHeader, names, columns, notes);

    /// <summary>The layout of a CSV file; null for other tables.</summary>
    public TableLayout? Layout { get; }

    public char Delimiter => Layout?.Delimiter ?? AnyDelimiter;

    public bool HasHeader { get; }

    public string[] Names => _names;

    /// <summary>What to report about the file as a whole.</summary>
    public List<OptionMessage> Notes { get; }

    public ColumnDecision this[int column] => _columns[column];

    /// <summary>The schema of a table whose columns have names.</summary>
    public static TableSchema Of(Table table, TableOptions options)
    {
        var notes = new List<OptionMessage>(table.Notes);
        var names = TableHeader.Names(table.Names, notes, line: 0);
        if (names.Length == 0) throw new InvalidDataException($"{table.Origin}: it has no columns.");
        var facts = Array.ConvertAll(names, static _ => new ColumnFacts());
        var mayBeId = Array.ConvertAll(names, ColumnFacts.NamesId);
        using var rows = table.Read();
        while (rows.Next())
        {
            for (var column = 0; column < facts.Length; column++) facts[column].Add(rows, column, mayBeId[column]);
        }

        if (facts[0].Rows == 0) throw new InvalidDataException($"{table.Origin}: got no rows of data.");
        var isNamed = Array.ConvertAll(table.Names, static name => name.Length > 0);
        return new TableSchema(null, true, names, ColumnDecision.Of(table.Origin, names, isNamed, facts, AnyDelimiter, options), notes);
    }

    /// <summary>The schema of a CSV file.</summary>
    public static TableSchema Scan(string path, TableOptions options)
    {
        var layout = TableLayout.Of(path, options.Delimiter);
        using var rows = new CsvRows(path, layout);
        if (!rows.Next()) throw new InvalidDataException($"{path}: the file is empty, expected a table.");

        var first = HeaderCells(rows, layout);
        var firstLine = rows.Line;
        var facts = Array.ConvertAll(first, static _ => new ColumnFacts());
        var mayBeId = Array.ConvertAll(first, ColumnFacts.NamesId);
        while (rows.Next())
        {
            for (var column = 0; column < facts.Length; column++) facts[column].Add(rows, column, mayBeId[column]);
        }

        var hasHeader = options.Header == HeaderKind.Auto
            ? facts[0].Rows > 0 && TableHeader.Has(path, first, facts, firstLine)
            : options.Header == HeaderKind.Yes;
        if (facts[0].Rows == 0) throw new InvalidDataException($"{path}: got a single row{(hasHeader ? ", the header" : "")}, expected rows of data.");
        var notes = new List<OptionMessage>();
        if (layout.TitleNote is { } note) notes.Add(note);
        string[] names;
        if (hasHeader)
        {
            names = TableHeader.Names(first, notes, firstLine);
        }
        else
        {
            names = [.. Enumerable.Range(0, first.Length).Select(static column => $"column {column}")];
            for (var column = 0; column < facts.Length; column++) facts[column].AddFirst(first[column], firstLine, mayBeId[column]);
        }

        var isNamed = Array.ConvertAll(first, cell => hasHeader && cell.Length > 0);
        return new TableSchema(layout, hasHeader, names, ColumnDecision.Of(TableOrigin.Lines(path), names, isNamed, facts, layout.Delimiter, options), notes);
    }

    /// <summary>The cells of the current row as column names: as many as the table has columns.</summary>
    public static string[] HeaderCells(CsvRows rows, TableLayout layout)
    {
        var cells = Enumerable.Range(0, rows.Width).Select(column => rows[column]);
        return rows.Cells == rows.Width - 1 && layout.ShiftsNames ? ["", .. cells.SkipLast(1)] : [.. cells];
    }

    /// <inheritdoc cref="TableHeader.Find"/>
    public int Find(TableOrigin origin, string column, string role) => TableHeader.Find(origin, Names, column, role);
}
