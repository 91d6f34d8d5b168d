namespace Gradus.Data;

/// <summary>Collects the cells of a table, row by row. Columns may turn up at any time; in the rows before, they are missing.</summary>
/// <param name="origin">The table, for messages.</param>
internal sealed class CellStore(TableOrigin origin)
{
    private const int MostColumns = 100_000;

    // Each cell of the table takes memory, each that is filled stands in the file. Half a million empty ones are affordable in any case.
    private const long Sparsest = 8;
    private const long AlwaysAllowed = 1 << 16;

    private readonly List<CellColumn> _columns = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private List<int>? _places;
    private long _filled;

    /// <summary>Number of rows so far.</summary>
    public int Rows { get; private set; }

    public int Columns => _columns.Count;

    public string NameOf(int column) => _columns[column].Name;

    /// <summary>Adds a column, whose name another one may have too.</summary>
    public int AddColumn(string name)
    {
        if (_columns.Count == MostColumns) throw new InvalidDataException($"{origin}: got more than {MostColumns} columns.");
        _columns.Add(new CellColumn(name));
        return _columns.Count - 1;
    }

    /// <summary>The column of a name, which is added where there is none.</summary>
    public int ColumnOf(string name)
    {
        if (_numbers.TryGetValue(name, out var column)) return column;
        column = AddColumn(name);
        _numbers.Add(name, column);
        return column;
    }

    /// <summary>Sets a cell of the row that is being read.</summary>
    /// <exception cref="InvalidDataException">The table would consist of missing cells nearly alone.</exception>
    public void Set(int column, TableValue cell)
    {
        if (++_filled + AlwaysAllowed < (long)(Rows + 1) * _columns.Count / Sparsest) throw TooSparse();
        _columns[column].Add(Rows, cell);
    }

    /// <summary>Ends the row that is being read.</summary>
    /// <param name="place">Its line, where rows are told by lines.</param>
    public void EndRow(int? place = null)
    {
        if (Rows == int.MaxValue - 1) throw new InvalidDataException($"{origin}: got more rows than an array holds.");
        if (place is { } line) (_places ??= []).Add(line);
        Rows++;
        if (_filled + AlwaysAllowed < (long)Rows * _columns.Count / Sparsest) throw TooSparse();
    }

    public Table ToTable(string? target = null) => new(origin, _columns, Rows, _places, target);

    private InvalidDataException TooSparse() =>
        new($"{origin}: {_columns.Count} columns in {Rows + 1} rows, and hardly a cell of them is filled. Expected rows of the same columns.");
}
