namespace Gradus.Data;

/// <summary>The first row of a file that a model is applied to, which may name the model's columns.</summary>
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

    /// <summary>The line that it starts on, from 1: a title may stand above it.</summary>
    public int Line { get; }

    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static FirstRow Of(string path, TableLayout layout)
    {
        using var rows = new CsvRows(path, layout);
        if (!rows.Next()) throw new InvalidDataException($"{path}: the file is empty, expected a table.");
        return new FirstRow(TableSchema.HeaderCells(rows, layout), rows.Line);
    }

    /// <summary>Whether it holds the name of one of the model's input columns.</summary>
    public bool HasNameOf(TablePreprocessing preprocessing) => preprocessing.Columns.Any(column => _places.Contains(column.Name));

    /// <summary>The place of a column of the model, whatever the capitals of its name; −1 where it is not there.</summary>
    /// <exception cref="InvalidDataException">Several names may be meant.</exception>
    public int Find(string path, string name, List<OptionMessage> notes)
    {
        int[] alike = [.. _places[name]];
        if (alike.Length == 0) return -1;
        var exact = Array.FindIndex(alike, column => _names[column] == name);
        if (exact >= 0) return alike[exact];
        if (alike.Length > 1)
        {
            throw new InvalidDataException($"{path}: line {Line}: {string.Join(" and ", alike.Select(column => Cell.Show(_names[column])))} may each be " +
                $"the column {Cell.Show(name)} of the model. Name one of them so.");
        }

        notes.Add($"line {Line}: {Cell.Show(_names[alike[0]])} is taken for the model's column {Cell.Show(name)}");
        return alike[0];
    }
}
