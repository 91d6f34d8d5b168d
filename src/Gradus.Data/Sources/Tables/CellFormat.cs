namespace Gradus.Data;

/// <summary>The order of day, month and year in dates such as 3/4/2021.</summary>
public enum DateOrder
{
    /// <summary>Decided from the content, for example by a number above 12.</summary>
    Auto,

    /// <summary>Day, month, year.</summary>
    DayFirst,

    /// <summary>Month, day, year.</summary>
    MonthFirst,

    /// <summary>Year, month, day.</summary>
    YearFirst,
}

/// <summary>A part of a date or time of day that becomes a number.</summary>
public enum DatePart
{
    /// <summary>The year.</summary>
    Year,

    /// <summary>The month, 1 to 12.</summary>
    Month,

    /// <summary>The day of the month, 1 to 31.</summary>
    Day,

    /// <summary>The day of the week, 1 (Monday) to 7.</summary>
    Weekday,

    /// <summary>The hour, 0 to 23.</summary>
    Hour,

    /// <summary>The minute, 0 to 59.</summary>
    Minute,

    /// <summary>The second, 0 to 59.</summary>
    Second,
}

/// <summary>How the cells of a column become numbers. A model keeps it, so that later files are read in the same way.</summary>
public sealed record CellFormat
{
    internal static readonly CellFormat Plain = new();

    private readonly CategoryPlaces? _places;

    /// <summary>
    /// The decimal mark, a point or a comma. The other one, spaces and apostrophes may separate groups of three digits. Default: a point.
    /// </summary>
    public char Decimal { get; init; } = '.';

    /// <summary>A currency, unit or percent sign before or after the numbers. It is dropped; values are not converted. Default: none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether k, M or B after a number multiplies it by a thousand, a million or a billion. Default: false.</summary>
    public bool Multiples { get; init; }

    /// <summary>The part of a date that becomes the number. Default: null, the cells are numbers.</summary>
    public DatePart? Part { get; init; }

    /// <summary>
    /// The order of day, month and year. Default: automatic, which reads only dates whose order is evident, such as those that name the month.
    /// </summary>
    public DateOrder Dates { get; init; }

    /// <summary>
    /// Texts in their order, the least first: a cell that is one of them, in capitals or not, becomes its place in the order, from 0. Any other text is taken
    /// as missing. Default: none, the cells are numbers or dates.
    /// </summary>
    public IReadOnlyList<string> Order
    {
        get;
        init => (field, _places) = (value, value.Count > 0 ? new CategoryPlaces(value) : null);
    }
    = [];

    /// <summary>Whether the cells are texts that have an order.</summary>
    internal bool IsOrdered => _places is not null;

    /// <summary>What a cell has to be, for messages: <c>number</c>, <c>date</c>, or <c>one of "S", "M" and "L"</c>.</summary>
    /// <param name="kind">What the cell is.</param>
    internal string Expected(CellKind kind) => IsOrdered ? $"one of {PlainText.QuoteAll(Order.Select(Cell.Show))}"
        : Part is not null ? "a date" : kind == CellKind.Infinite ? "a finite number" : "a number";

    /// <summary>What a cell is not, for messages: <c>no number</c>, <c>no date</c>, or <c>none of "S", "M" and "L"</c>.</summary>
    /// <param name="kind">What the cell is.</param>
    internal string Unmet(CellKind kind) => IsOrdered ? $"none of {PlainText.QuoteAll(Order.Select(Cell.Show))}"
        : Part is not null ? "no date" : kind == CellKind.Infinite ? "no finite number" : "no number";

    /// <summary>Reads a cell: its kind, and its number.</summary>
    internal CellKind Read(string cell, out double number)
    {
        number = double.NaN;
        if (_places is not null)
        {
            var place = _places.Of(cell);
            if (place < 0) return Cell.IsMissingNumber(cell) ? CellKind.Missing : CellKind.Text;
            number = place;
            return CellKind.Number;
        }

        if (Cell.IsMissingNumber(cell)) return CellKind.Missing;
        if (Part is { } part)
        {
            if (!DateCell.TryRead(cell, Dates, out var date)) return CellKind.Text;
            number = DateCell.Take(date, part);
            return CellKind.Number;
        }

        if (Cell.IsInfinite(cell)) return CellKind.Infinite;
        if (!NumberCell.TryRead(cell, out var written) || !written.TryValue(Decimal, Multiples, out var value)) return CellKind.Text;
        var unit = Multiples ? written.UnitWithoutMultiple : written.Unit;
        if (unit.Length > 0 && unit != Unit) return CellKind.Text;
        if (!double.IsFinite(value)) return CellKind.Infinite;
        number = value;
        return CellKind.Number;
    }
}
