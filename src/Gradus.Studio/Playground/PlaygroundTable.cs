using System.Globalization;

namespace Gradus.Studio;

/// <summary>Points from a table as text: two columns of inputs and one of targets, with or without a line of names.</summary>
/// <remarks>
/// Cells are parted by tabs, semicolons or commas, whichever the first line has; with tabs and semicolons a decimal comma is read too. Inputs are scaled to
/// −1 to 1 from the least to the greatest of their column. Targets of two values are classes; of more, numbers, which are scaled as inputs are. All are
/// rounded to 1/1024, so that a link can hold them.
/// </remarks>
internal sealed class PlaygroundTable
{
    private const int Grid = 1024;

    // The first that is there; y beside x is a coordinate.
    private static readonly string[] TargetNames = ["target", "label", "class", "t", "y"];

    private readonly List<(int Line, string[] Cells)> _rows;
    private readonly bool _hasDecimalComma;

    private PlaygroundTable(string text, int? first, int? second, int? target)
    {
        string[] lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var separator = SeparatorOf(lines.FirstOrDefault(static line => !string.IsNullOrWhiteSpace(line)) ?? "");
        _hasDecimalComma = separator != ',';
        _rows = [.. lines.Select((line, index) => (Line: index + 1, Text: line)).Where(static row => !string.IsNullOrWhiteSpace(row.Text))
            .Select(row => (row.Line, CellsOf(row.Text, separator)))];
        if (_rows.Count < 2) throw new TableException("few", 0, "", Number(_rows.Count), "2");
        var count = _rows[0].Cells.Length;
        if (count < 3) throw new TableException("columns", _rows[0].Line, "", Number(count), "3");
        foreach (var (line, cells) in _rows)
        {
            if (cells.Length != count) throw new TableException("cells", line, "", Number(cells.Length), Number(count));
        }

        Columns = TakeNames(count);
        if (_rows.Count < 2) throw new TableException("few", 0, "", Number(_rows.Count), "2");
        if (_rows.Count > PlaygroundOptions.MostPoints) throw new TableException("many", 0, "", Number(_rows.Count), Number(PlaygroundOptions.MostPoints));
        Target = Chosen(target) ?? DefaultTarget();
        int[] numeric = [.. Enumerable.Range(0, count).Where(column => column != Target && IsMostlyNumbers(column))];
        var one = Chosen(first) ?? numeric.Cast<int?>().FirstOrDefault(column => column != second) ?? -1;
        var other = Chosen(second) ?? numeric.Cast<int?>().FirstOrDefault(column => column != one) ?? -1;
        if (one < 0 || other < 0) throw new TableException("columns", 0, "", Number(numeric.Length), "2");
        Inputs = [one, other];
        (float[] x1, Range1) = Scaled(NumbersOf(one));
        (float[] x2, Range2) = Scaled(NumbersOf(other));
        float[] targets;
        (targets, Classes, TargetRange) = TargetsOf(Target);
        Points = new OwnPoints([.. x1.Zip(x2).SelectMany(static pair => new[] { pair.First, pair.Second })], targets, Classes is not null);
    }

    /// <summary>The names of all columns; their numbers where the table has none.</summary>
    public string[] Columns { get; private set; }

    /// <summary>The columns of the inputs.</summary>
    public int[] Inputs { get; }

    public int Target { get; }

    /// <summary>The least and the greatest of each input, which become −1 and 1.</summary>
    public (double Least, double Greatest) Range1 { get; }

    public (double Least, double Greatest) Range2 { get; }

    /// <summary>The least and the greatest target where targets are numbers.</summary>
    public (double Least, double Greatest) TargetRange { get; }

    /// <summary>The names of class 0 and class 1; null where targets are numbers.</summary>
    public string[]? Classes { get; }

    public OwnPoints Points { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">The column of the first input; null for the first of numbers.</param>
    /// <param name="second">The column of the second; null for the next.</param>
    /// <param name="target">The column of targets; null for one of that name, or the last.</param>
    /// <exception cref="TableException">It is none; it says where.</exception>
    public static PlaygroundTable Read(string text, int? first = null, int? second = null, int? target = null) => new(text, first, second, target);

    private static char SeparatorOf(string line) =>
        line.Contains('\t', StringComparison.Ordinal) ? '\t' : line.Contains(';', StringComparison.Ordinal) ? ';' : ',';

    // Within quotation marks a separator is a letter.
    private static string[] CellsOf(string line, char separator)
    {
        var (cells, from, isQuoted) = (new List<string>(), 0, false);
        for (var at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && line[at] == '"') isQuoted = !isQuoted;
            if (at < line.Length && (isQuoted || line[at] != separator)) continue;
            cells.Add(line[from..at].Trim().Trim('"').Trim());
            from = at + 1;
        }

        return [.. cells];
    }

    // Names are words above columns of numbers, or words alone.
    private string[] TakeNames(int count)
    {
        var (names, next) = (_rows[0].Cells, _rows[1].Cells);
        var areNames = Enumerable.Range(0, count).Any(column => NumberOf(names[column]) is null && NumberOf(next[column]) is not null)
            || names.All(name => NumberOf(name) is null);
        if (!areNames) return [.. Enumerable.Range(1, count).Select(Number)];
        _rows.RemoveAt(0);
        return names;
    }

    private int DefaultTarget()
    {
        var named = TargetNames.Where(name => name != "y" || PlaceOf("x") < 0).Select(PlaceOf).FirstOrDefault(static place => place >= 0, -1);
        return named >= 0 ? named : Columns.Length - 1;
    }

    private int PlaceOf(string name) => Array.FindIndex(Columns, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));

    private int? Chosen(int? column) => column is not { } chosen ? null
        : chosen >= 0 && chosen < Columns.Length ? chosen : throw new TableException("choice", 0, "", Number(chosen + 1), Number(Columns.Length));

    private bool IsMostlyNumbers(int column) => 2 * _rows.Count(row => NumberOf(row.Cells[column]) is not null) > _rows.Count;

    private double[] NumbersOf(int column) =>
        [.. _rows.Select(row => NumberOf(row.Cells[column]) ?? throw new TableException("number", row.Line, Columns[column], row.Cells[column]))];

    private static (float[] Values, (double Least, double Greatest) Range) Scaled(double[] numbers)
    {
        var (least, greatest) = (numbers.Min(), numbers.Max());
        return ([.. numbers.Select(number => Rounded(least < greatest ? ((number - least) / (greatest - least) * 2) - 1 : 0))], (least, greatest));
    }

    private static float Rounded(double share) => (float)(Math.Round(share * Grid) / Grid);

    private (float[] Targets, string[]? Classes, (double Least, double Greatest) Range) TargetsOf(int column)
    {
        var areNumbers = _rows.All(row => NumberOf(row.Cells[column]) is not null);
        string[] words = [.. _rows.Select(row => row.Cells[column]).Distinct()];
        Array.Sort(words, areNumbers ? (one, other) => NumberOf(one)!.Value.CompareTo(NumberOf(other)!.Value) : StringComparer.Ordinal.Compare);
        if (words.Length < 2) throw new TableException("oneClass", 0, Columns[column], words[0]);
        if (words.Length == 2) return ([.. _rows.Select(row => row.Cells[column] == words[1] ? 1f : 0f)], words, default);
        if (!areNumbers)
        {
            // A column of numbers with one slip is told by the slip, and not by the many classes that it would be.
            if (IsMostlyNumbers(column)) NumbersOf(column);
            throw new TableException("classes", 0, Columns[column], Number(words.Length), "2");
        }

        var (values, range) = Scaled(NumbersOf(column));
        return (values, null, range);
    }

    private double? NumberOf(string cell) =>
        double.TryParse(_hasDecimalComma ? cell.Replace(',', '.') : cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) <= 1e100 ? number : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
