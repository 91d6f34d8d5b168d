using System.Globalization;

namespace Gradus.Data;

/// <summary>The kind of content of a cell.</summary>
internal enum CellKind
{
    Missing,
    Number,
    Infinite,
    Text,
}

/// <summary>Reads cells, in the invariant culture.</summary>
internal static class Cell
{
    private const int Shown = 40;

    private static readonly HashSet<string> MissingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "NA", "N/A", "NaN", "null", "?", "#N/A", "#NA", "#N/A N/A", "#VALUE!", "#DIV/0!", "#REF!", "#NUM!", "#NAME?", "#NULL!",
        "<NA>", "<null>", "(null)", @"\N", "NaT", "-nan", "1.#QNAN", "-1.#IND", "n.a.",
    };

    // Among numbers they stand for none; among texts they may be names of their own, such as the classes + and −.
    private static readonly HashSet<string> MissingAmongNumbers = new(StringComparer.OrdinalIgnoreCase)
    {
        "-", "--", "---", "−", "–", "—", ".", "..", "...", "…", "none", "nil", "missing", "unknown", "undefined",
        "not available", "not applicable", "nd", "n.d.", "k.A.", "k. A.", "tbd",
    };

    private static readonly string[] InfiniteWords = ["inf", "infinity", "∞"];

    /// <summary>Reads a cell without knowing its column: a number must have a decimal point and no unit.</summary>
    public static CellKind Read(string cell, out double number)
    {
        number = double.NaN;
        if (IsMissing(cell)) return CellKind.Missing;
        if (IsInfinite(cell)) return CellKind.Infinite;
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || double.IsNaN(value)) return CellKind.Text;
        if (double.IsInfinity(value)) return CellKind.Infinite;
        number = value;
        return CellKind.Number;
    }

    /// <summary>Whether a cell is missing in a column of any kind.</summary>
    public static bool IsMissing(string cell) => string.IsNullOrWhiteSpace(cell) || MissingWords.Contains(cell);

    /// <summary>Whether a cell is missing in a column of numbers or dates.</summary>
    public static bool IsMissingNumber(string cell) => IsMissing(cell) || MissingAmongNumbers.Contains(cell);

    public static bool IsInfinite(string cell)
    {
        var unsigned = cell.Length > 0 && cell[0] is '+' or '-' or '−' ? cell.AsSpan(1) : cell;
        foreach (var word in InfiniteWords)
        {
            if (unsigned.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>Whether a cell is a number or a date in any of the known formats.</summary>
    public static bool IsNumberOrDate(string cell) =>
        (NumberCell.TryRead(cell, out var number) && number.Shape != NumberShape.None)
        || DateCell.TryRead(cell, DateOrder.DayFirst, out _) || DateCell.TryRead(cell, DateOrder.MonthFirst, out _);

    /// <summary>The class name of a number: the same for 1, 1.0 and 01.</summary>
    public static string Name(double number) => (number + 0.0).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A text from a file, quoted for a message: on one line and shortened.</summary>
    public static string Show(string text)
    {
        var cut = text.Length > Shown ? string.Concat(text.AsSpan(0, Shown), "…") : text;
        return $"\"{PlainText.Of(cut)}\"";
    }
}
