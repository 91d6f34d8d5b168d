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
/// The columns of a file and their kinds, found in a first pass over all rows. The file is not kept in memory, since it may be large.
/// </summary>
internal sealed class TableSchema
{
    private readonly string[] _names;
    private readonly ColumnDecision[] _columns;

    private TableSchema(TableLayout layout, bool hasHeader, string[] names, ColumnDecision[] columns, List<OptionMessage> notes) =>
        (Layout, HasHeader, _names, _columns, Notes) = (layout, hasHeader, names, columns, notes);

    public TableLayout Layout { get; }

    public char Delimiter => Layout.Delimiter;

    public bool HasHeader { get; }

    public string[] Names => _names;

    /// <summary>What to report about the file as a whole.</summary>
    public List<OptionMessage> Notes { get; }

    public ColumnDecision this[int column] => _columns[column];

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
        return new TableSchema(layout, hasHeader, names, ColumnDecision.Of(path, names, isNamed, facts, layout, options), notes);
    }

    /// <summary>The cells of the current row as column names: as many as the table has columns.</summary>
    public static string[] HeaderCells(CsvRows rows, TableLayout layout)
    {
        var cells = Enumerable.Range(0, rows.Width).Select(column => rows[column]);
        return rows.Cells == rows.Width - 1 && layout.ShiftsNames ? ["", .. cells.SkipLast(1)] : [.. cells];
    }

    /// <inheritdoc cref="TableHeader.Find"/>
    public int Find(string path, string column, string role) => TableHeader.Find(path, Names, column, role);
}
