using Gradus.Data;

namespace Gradus.Training;

/// <summary>The cells of one row, which come by name.</summary>
internal sealed class RowCells(RowEncoder rows, TablePreprocessing table)
{
    private readonly bool[] _given = new bool[rows.Columns.Count];
    private readonly List<string> _unknown = [];

    public TableValue[] Values { get; } = new TableValue[rows.Columns.Count];

    /// <summary>Sets a cell; what is no column of the model is passed over.</summary>
    /// <exception cref="InvalidDataException">The column is there twice.</exception>
    public void Set(string name, TableValue value)
    {
        var place = rows.PlaceOf(name);
        if (place < 0)
        {
            _unknown.Add(name);
            return;
        }

        if (_given[place]) throw new InvalidDataException($"column {Cell.Show(rows.Columns[place])} is given twice.");
        (Values[place], _given[place]) = (value, true);
    }

    /// <summary>Names that no column has, where a column has no value: one of them may be meant. Null where there are none.</summary>
    public string? UnknownNote => _unknown.Count > 0 && Array.IndexOf(_given, false) >= 0
        ? $"the model has no column {PlainText.QuoteAll(_unknown.Select(Cell.Show))}; passed over"
        : null;

    /// <summary>What is left out is missing, as null is, where the model fills what is missing.</summary>
    /// <exception cref="InvalidDataException">A column is left out that the model needs; or all of them, which is a mistake in any case.</exception>
    public void RequireAll()
    {
        if (table.Missing == MissingValues.Fill && Array.IndexOf(_given, true) >= 0) return;
        var lacking = rows.Columns.Where((_, place) => !_given[place]).ToArray();
        if (lacking.Length == 0) return;
        var needed = lacking.Length == 1 ? "it" : lacking.Length == _given.Length ? "one at least" : "them";
        throw new InvalidDataException($"the row has no column {PlainText.QuoteAll(lacking.Select(Cell.Show))}; the model needs {needed}.");
    }
}
