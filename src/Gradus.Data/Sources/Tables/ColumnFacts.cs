using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gradus.Data;

/// <summary>Statistics of a column, from a first pass over the file.</summary>
internal sealed partial class ColumnFacts
{
    private const int MostTexts = 20_000;
    private const int SomeNumbers = 2000;
    private const int FewestCompactDates = 3;

    // Above, whole numbers that differ may be one double.
    private const double LargestExact = 1L << 53;

    private static readonly HashSet<string> KnownUnits = new(StringComparer.Ordinal)
    {
        "kg", "g", "mg", "µg", "t", "lb", "lbs", "oz", "m", "cm", "mm", "km", "µm", "nm",
        "in", "ft", "yd", "mi", "miles", "s", "sec", "ms", "µs", "min", "mins", "h", "hr", "hrs", "hours", "d", "days", "weeks", "months", "years", "yrs",
        "l", "L", "ml", "mL", "cl", "gal", "°C", "°F", "C", "F", "K",
        "KB", "MB", "GB", "TB", "kB", "W", "kW", "MW", "kWh", "Wh", "V", "mV", "A", "mA", "Hz", "kHz", "MHz", "GHz",
        "m²", "km²", "ha", "sqft", "sq ft", "m³", "km/h", "mph", "m/s", "Pa", "hPa", "kPa", "bar", "J", "kJ", "cal", "kcal", "%", "‰",
    };

    private static readonly HashSet<string> Truths = new(StringComparer.OrdinalIgnoreCase)
    {
        "yes", "no", "y", "n", "true", "false", "t", "f", "on", "off", "ja", "nein", "oui", "non", "si", "sí", "wahr", "falsch", "vrai", "faux",
    };

    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<double> _wholes = [];
    private readonly HashSet<double> _someNumbers = [];
    private readonly Dictionary<double, string> _large = [];
    private readonly DateEvidence _dates = new();
    private readonly NumberEvidence _numbers = new();

    private (int Line, string Text)? _firstNoNumber;
    private long _textCells;
    private long _seenNumbers;
    private long _compactDates;
    private double _start = double.NaN;
    private double _previous = double.NaN;
    private bool _areSteps = true;
    private bool _onlyYears = true;
    private bool _onlyFractions = true;

    /// <summary>Number of cells that are not missing.</summary>
    public long Present { get; private set; }

    public long Rows { get; private set; }

    /// <summary>Number of cells such as "-" or "none": missing in a column of numbers, a text in a column of texts.</summary>
    public long Weak { get; private set; }

    public long Infinite { get; private set; }

    public NumberEvidence Numbers => _numbers;

    public DateEvidence Dates => _dates;

    public (int Line, string Text)? FirstNoNumber => _firstNoNumber;

    /// <summary>Whether the cells are the row numbers, from 0 or 1.</summary>
    public bool CountsRows => _areSteps && _start is 0 or 1 && Present == Rows && _numbers.Count == Rows;

    /// <summary>Whether all cells may be years.</summary>
    public bool OnlyYears => _onlyYears && Present > 0;

    /// <summary>Whether no cell is a whole number.</summary>
    public bool NoWholes => _onlyFractions && Present > 0;

    /// <summary>
    /// Whether nearly all cells are dates, and more of them dates than numbers. Numbers of eight digits, such as 20210131, may be dates by chance, so
    /// a few are not enough.
    /// </summary>
    public bool AreDates =>
        _dates.Count > 0 && _dates.Count >= DecimalMarks.Enough * (Present - Weak) && _dates.Count >= _numbers.Count - _compactDates
        && (_compactDates == 0 || _dates.Count >= FewestCompactDates);

    /// <summary>Whether nearly every row has a whole number of its own.</summary>
    public bool AreDistinctWholes => _wholes.Count >= DecimalMarks.Enough * Present && _numbers.Count == Present && Present >= 5;

    /// <summary>Whether different whole numbers become the same floating-point number. They are ids then.</summary>
    public bool Merges { get; private set; }

    /// <summary>Whether the texts are truth values that differ only in case.</summary>
    public bool AreTruths => _texts.Count > 2 && _textCells == Present && _texts.Keys.All(Truths.Contains);

    /// <summary>Whether nearly every row has a text of its own, such as a name, an address or an id.</summary>
    public bool AreNames(int mostCategories)
    {
        long different = _texts.Count + _someNumbers.Count, seen = _textCells + _seenNumbers;
        return _textCells > 0 && seen >= 10 && (different >= 0.9 * seen || (different > mostCategories && different >= 0.5 * seen));
    }

    /// <summary>Whether the texts have five words or more on average: more than a name or an address.</summary>
    public bool AreSentences => _texts.Count > 0 && _texts.Keys.Sum(static text => (long)text.Count(char.IsWhiteSpace)) >= 4L * _texts.Count;

    public bool HasMixedUnits => _numbers.Units.Keys.Count(KnownUnits.Contains) > 1;

    /// <summary>How often a text occurs.</summary>
    public int CountOf(string text) => _texts.GetValueOrDefault(text);

    /// <summary>Whether the name is one of an id column.</summary>
    public static bool NamesId(string name) => Id.IsMatch(name);

    public static bool NamesRow(string name) => RowNumber.IsMatch(name);

    public void Add(CellRows rows, int column, bool mayBeId)
    {
        if (!TryAddPlain(rows.Span(column), rows.Line, mayBeId, isFirst: false, rows.IsTyped(column))) AddOther(rows[column], rows.Line);
    }

    /// <summary>Adds the cell of the first row. It is added last, when it is known not to be a header.</summary>
    public void AddFirst(string cell, int line, bool mayBeId)
    {
        if (!TryAddPlain(Encoding.UTF8.GetBytes(cell), line, mayBeId, isFirst: true, isTyped: false)) AddOther(cell, line);
    }

    private bool TryAddPlain(ReadOnlySpan<byte> cell, int line, bool mayBeId, bool isFirst, bool isTyped)
    {
        if (!TryPlain(cell, out var number, out var shape)) return false;
        if (isTyped && shape == NumberShape.EitherPoint) shape = NumberShape.DecimalPoint;
        Rows++;
        Present++;
        AddNumber(number, mayBeId, isFirst);
        var isLarge = Math.Abs(number) >= LargestExact;
        var mayBeDate = shape == NumberShape.Ungrouped && cell.Length == DateCell.CompactLength;
        // Of most cells no string is made.
        var text = isLarge || mayBeDate || !_numbers.Has(shape) ? Encoding.UTF8.GetString(cell) : "";
        _numbers.AddPlain(shape, line, text);
        if (isLarge) AddLarge(number, text);
        if (mayBeDate && _dates.Add(text, line)) _compactDates++;
        return true;
    }

    private void AddOther(string cell, int line)
    {
        Rows++;
        if (Cell.IsMissing(cell)) return;
        Present++;
        _onlyYears = false;
        _areSteps = false;
        var isNumber = NumberCell.TryRead(cell, out var number) && number.Shape != NumberShape.None;
        if (isNumber) _numbers.Add(number, line, cell);
        if (!isNumber && Cell.IsInfinite(cell)) Infinite++;
        var isWeak = !isNumber && Cell.IsMissingNumber(cell);
        if (isWeak) Weak++;
        else _dates.Add(cell, line);
        if (!isNumber && !isWeak) _firstNoNumber ??= (line, cell);
        if (!isNumber || number.Unit.Length > 0) AddText(cell);
    }

    private void AddText(string cell)
    {
        _textCells++;
        if (_texts.TryGetValue(cell, out var count)) _texts[cell] = count + 1;
        else if (_texts.Count < MostTexts) _texts.Add(cell, 1);
    }

    private void AddLarge(double number, string cell)
    {
        if (cell.AsSpan().TrimStart("+-").ContainsAnyExceptInRange('0', '9')) return;
        AddText(cell);
        if (_large.TryGetValue(number, out var other)) Merges |= other.TrimStart('+', '0') != cell.TrimStart('+', '0');
        else if (_large.Count < MostTexts) _large.Add(number, cell);
    }

    private void AddNumber(double number, bool mayBeId, bool isFirst)
    {
        var isWhole = number == Math.Floor(number);
        _onlyFractions &= !isWhole;
        _onlyYears &= isWhole && number is >= 1900 and <= 2100;
        var isOnly = double.IsNaN(_start);
        _areSteps &= isOnly || number == (isFirst ? _start - 1 : _previous + 1);
        if (isOnly || isFirst) _start = number;
        if (!isFirst) _previous = number;
        if (mayBeId && isWhole) _wholes.Add(number);
        if (_seenNumbers >= SomeNumbers) return;
        _seenNumbers++;
        _someNumbers.Add(number);
    }

    // The usual number, told without making a string of it.
    private static bool TryPlain(ReadOnlySpan<byte> cell, out double number, out NumberShape shape)
    {
        shape = NumberShape.DecimalPoint;
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) || !double.IsFinite(number)) return false;
        var start = cell[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var point = cell.IndexOf((byte)'.');
        if (cell.ContainsAny((byte)'e', (byte)'E')) return true;
        if (point < 0) shape = cell.Length - start > 3 ? NumberShape.Ungrouped : NumberShape.Short;
        else if (cell.Length - point == 4 && point - start is >= 1 and <= 3 && cell[start] != '0') shape = NumberShape.EitherPoint;
        return true;
    }

    [GeneratedRegex(@"^(?:(?i:id|ids|uuid|guid|index|idx|.*[_\s.-](?:id|uuid|guid|index)|unnamed: ?[0-9]+)|.*[a-z](?:Id|ID)|column 0|)$")]
    private static partial Regex Id { get; }

    [GeneratedRegex(@"^(?i:no\.?|nr\.?|num|number|row|row[_\s.-]?(?:no|nr|num|number|id|names?)\.?|rownames|x|#|s\.?\s?no\.?|key|rank)$")]
    private static partial Regex RowNumber { get; }
}
