namespace Gradus.Data;

/// <summary>The first row of a file for a trained model, which may be a header with the model's columns; or the names of a table's columns.</summary>
internal sealed class FirstRow
{
    private readonly string[] _names;
    private readonly ILookup<string, int> _places;

    private FirstRow(string[] cells, int line)
    {
        (Cells, Line) = (cells, line);
        _names = TableHeader.Names(cells, [], line);
        _places = Enumerable.Range(0, cells.Length).ToLookup(column => _names[column], StringComparer.OrdinalIgnoreCase);
    }

    public string[] Cells { get; }

    /// <summary>Its cells as names, made unique and not empty.</summary>
    public string[] Names => _names;

    /// <summary>The line on which it starts, from 1; 0 for the names of a table. A title may stand above it.</summary>
    public int Line { get; }

    /// <summary>The names of a table's columns.</summary>
    public static FirstRow OfNames(string[] names) => new(names, line: 0);

    /// <summary>Where it stands, for messages.</summary>
    public string Place(TableOrigin origin) => Line > 0 ? origin.At(Line) : origin.Name;

    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static FirstRow Of(string path, TableLayout layout)
    {
        using var rows = new CsvRows(path, layout);
        if (!rows.Next()) throw new InvalidDataException($"{path}: the file is empty, expected a table.");
        return new FirstRow(TableSchema.HeaderCells(rows, layout), rows.Line);
    }

    /// <summary>Whether it contains the name of one of the model's input columns.</summary>
    public bool HasNameOf(TablePreprocessing preprocessing) => preprocessing.Columns.Any(column => _places.Contains(column.Name));

    /// <summary>The index of a column of the model, found by its name in any case; −1 if there is none.</summary>
    /// <exception cref="InvalidDataException">Several names match.</exception>
    public int Find(TableOrigin origin, string name, List<OptionMessage> notes)
    {
        int[] alike = [.. _places[name]];
        if (alike.Length == 0) return -1;
        var exact = Array.FindIndex(alike, column => _names[column] == name);
        if (exact >= 0) return alike[exact];
        if (alike.Length > 1)
        {
            throw new InvalidDataException($"{Place(origin)}: {string.Join(" and ", alike.Select(column => Cell.Show(_names[column])))} may each be " +
                $"the column {Cell.Show(name)} of the model. Rename one of them.");
        }

        var place = Line > 0 ? FormattableString.Invariant($"line {Line}: ") : "";
        notes.Add($"{place}{Cell.Show(_names[alike[0]])} is taken for the model's column {Cell.Show(name)}");
        return alike[0];
    }
}
