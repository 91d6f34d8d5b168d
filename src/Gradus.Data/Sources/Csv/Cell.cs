using System.Globalization;

namespace Gradus.Data;

/// <summary>What a cell of a table holds.</summary>
internal enum CellKind
{
    Missing,
    Number,
    Infinite,
    Text,
}

/// <summary>How a cell reads, in the invariant culture whatever the machine's.</summary>
internal static class Cell
{
    private const int Shown = 40;

    private static readonly string[] MissingWords = ["NA", "N/A", "NaN", "null", "?"];

    private static readonly string[] InfiniteWords = ["inf", "infinity", "∞"];

    public static CellKind Read(string cell, out double number)
    {
        number = double.NaN;
        if (cell.Length == 0) return CellKind.Missing;
        foreach (var word in MissingWords)
        {
            if (cell.Equals(word, StringComparison.OrdinalIgnoreCase)) return CellKind.Missing;
        }

        var unsigned = cell[0] is '+' or '-' ? cell.AsSpan(1) : cell;
        foreach (var word in InfiniteWords)
        {
            if (unsigned.Equals(word, StringComparison.OrdinalIgnoreCase)) return CellKind.Infinite;
        }

        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || double.IsNaN(value)) return CellKind.Text;
        if (double.IsInfinity(value)) return CellKind.Infinite;
        number = value;
        return CellKind.Number;
    }

    /// <summary>A number as a class name: the same text for 1, 1.0 and 01.</summary>
    public static string Name(double number) => (number + 0.0).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A text from outside for a message: one line, not too long.</summary>
    public static string Show(string text)
    {
        var cut = text.Length > Shown ? string.Concat(text.AsSpan(0, Shown), "…") : text;
        return $"\"{PlainText.Of(cut)}\"";
    }
}
