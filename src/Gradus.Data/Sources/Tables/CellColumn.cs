namespace Gradus.Data;

/// <summary>The cells of one column in memory. Each different text is kept once.</summary>
internal sealed class CellColumn(string name)
{
    private const int None = -1;

    private readonly List<double> _numbers = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private List<int>? _codeOf;

    public string Name => name;

    /// <summary>Number of cells, those before the first missing ones included. What comes after is missing.</summary>
    public int Count => _numbers.Count;

    /// <summary>Sets the cell of a row, which is none before the last one set.</summary>
    public void Add(int row, TableValue cell)
    {
        if (!cell.IsNumber && cell.Text is null) return;
        Fill(row);
        if (cell.IsNumber)
        {
            _numbers.Add(cell.Number);
            _codeOf?.Add(None);
            return;
        }

        if (_codeOf is null)
        {
            _codeOf = new List<int>(_numbers.Count + 1);
            for (var before = 0; before < _numbers.Count; before++) _codeOf.Add(None);
        }

        if (!_codes.TryGetValue(cell.Text!, out var code))
        {
            code = _texts.Count;
            _codes.Add(cell.Text!, code);
            _texts.Add(cell.Text!);
        }

        _numbers.Add(double.NaN);
        _codeOf.Add(code);
    }

    public TableValue Get(int row)
    {
        if (row >= _numbers.Count) return TableValue.Missing;
        if (_codeOf is not null && _codeOf[row] >= 0) return new TableValue(_texts[_codeOf[row]]);
        return double.IsNaN(_numbers[row]) ? TableValue.Missing : new TableValue(_numbers[row]);
    }

    private void Fill(int row)
    {
        while (_numbers.Count < row)
        {
            _numbers.Add(double.NaN);
            _codeOf?.Add(None);
        }
    }
}
