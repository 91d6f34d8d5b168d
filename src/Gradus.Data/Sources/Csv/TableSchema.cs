namespace Gradus.Data;

/// <summary>What a column holds.</summary>
public enum ColumnKind
{
    /// <summary>Numbers; becomes one standardised input.</summary>
    Number,

    /// <summary>Texts; becomes one input per category.</summary>
    Text,
}

/// <summary>The shape of a file, found in a first pass over it: a kind is a fact about all rows, and a file may be larger than memory would hold as text.</summary>
internal sealed class TableSchema
{
    private TableSchema(char delimiter, bool hasHeader, string[] names, ColumnKind[] kinds) =>
        (Delimiter, HasHeader, Names, Kinds) = (delimiter, hasHeader, names, kinds);

    public char Delimiter { get; }

    public bool HasHeader { get; }

    public string[] Names { get; }

    public ColumnKind[] Kinds { get; }

    public static TableSchema Scan(string path, HeaderKind header, char? delimiter)
    {
        using var rows = new CsvRows(path, delimiter);
        if (!rows.Next()) throw new InvalidDataException($"{path}: the file is empty, expected a table.");

        var columns = new Column[rows.Width];
        for (var column = 0; column < columns.Length; column++) columns[column] = new Column(rows[column]);
        var others = 0L;
        for (; rows.Next(); others++)
        {
            for (var column = 0; column < columns.Length; column++) columns[column].Count(rows, column);
        }

        var hasHeader = header == HeaderKind.Auto ? others > 0 && LooksLikeHeader(columns) : header == HeaderKind.Yes;
        if (others == 0) throw new InvalidDataException($"{path}: got a single row{(hasHeader ? ", the header" : "")}, expected rows of data.");
        var names = new string[columns.Length];
        for (var column = 0; column < names.Length; column++)
        {
            var first = columns[column].First;
            names[column] = hasHeader && first.Length > 0 ? first : $"column {column}";
        }

        var twice = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new InvalidDataException($"{path}: line 1: got two columns called {Cell.Show(twice.Key)}, expected different names.");
        return new TableSchema(rows.Delimiter, hasHeader, names, Array.ConvertAll(columns, column => column.Kind(hasHeader)));
    }

    /// <summary>The number of a column given by name, or else by number.</summary>
    public int Find(string path, string column, string role)
    {
        var found = Array.IndexOf(Names, column);
        if (found >= 0) return found;
        if (int.TryParse(column, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number < Names.Length) return number;
        const int shown = 20;
        var list = string.Join(", ", Names.Take(shown).Select(Cell.Show)) + (Names.Length > shown ? ", …" : "");
        throw new InvalidDataException($"{path}: no {role} column {Cell.Show(column)}. Columns 0 to {Names.Length - 1}: {list}.");
    }

    // The rule is told at HeaderKind.Auto.
    private static bool LooksLikeHeader(Column[] columns)
    {
        if (columns.Any(column => column.FirstKind == CellKind.Text && column.Numbers > 0 && column.Texts == 0)) return true;
        if (columns.Any(column => column.FirstKind is CellKind.Number or CellKind.Infinite)) return false;
        return columns.All(column => column.Repeats == 0);
    }

    private struct Column(string first)
    {
        public readonly string First => first;

        public CellKind FirstKind { get; } = Cell.Read(first, out _);

        public long Numbers { get; private set; }

        public long Texts { get; private set; }

        public long Repeats { get; private set; }

        public void Count(CsvRows rows, int column)
        {
            var kind = rows.Read(column, out _);
            if (kind is CellKind.Number or CellKind.Infinite) Numbers++;
            else if (kind == CellKind.Text) Texts++;
            if (kind == CellKind.Text && rows[column] == first) Repeats++;
        }

        public readonly ColumnKind Kind(bool hasHeader) => Texts > 0 || (!hasHeader && FirstKind == CellKind.Text) ? ColumnKind.Text : ColumnKind.Number;
    }
}
