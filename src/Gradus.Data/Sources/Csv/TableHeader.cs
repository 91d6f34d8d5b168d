using System.Globalization;

namespace Gradus.Data;

/// <summary>Whether the first row names the columns, and what they are called.</summary>
internal static class TableHeader
{
    private const int Fewest = 3;

    /// <summary>The rule is told at <see cref="HeaderKind.Auto"/>.</summary>
    /// <exception cref="InvalidDataException">It cannot be decided.</exception>
    public static bool Has(string path, string[] first, ColumnFacts[] columns, int line)
    {
        var kinds = Array.ConvertAll(first, KindOf);
        var numbers = Enumerable.Range(0, first.Length).Where(column => kinds[column] == CellKind.Number).ToArray();
        var hasFraction = numbers.Any(column => Cell.Read(first[column], out var number) == CellKind.Number && number != Math.Floor(number));
        // A text above numbers; beside a number with decimals, which is no name, it is a cell that went wrong.
        var above = Enumerable.Range(0, first.Length).Where(column => kinds[column] == CellKind.Text && HoldsNumbers(columns[column])).ToArray();
        if (above.Length > 0 && (!hasFraction || above.Length > numbers.Length)) return true;
        if (numbers.Length > 0 || kinds.Contains(CellKind.Infinite)) return NamedByNumbers(path, first, columns, numbers, line);
        return Enumerable.Range(0, first.Length).All(column => first[column].Length == 0 || columns[column].CountOf(first[column]) == 0);
    }

    /// <summary>The names of the columns: each once, and none empty.</summary>
    public static string[] Names(string[] first, List<string> notes, int line)
    {
        var names = new string[first.Length];
        var taken = new HashSet<string>(first.Where(static cell => cell.Length > 0).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var column = 0; column < first.Length; column++)
        {
            var name = first[column].Length > 0 ? first[column] : Free($"column {column}", taken, 0);
            if (!seen.Add(name))
            {
                name = Free(name, taken, 2);
                seen.Add(name);
                notes.Add($"line {line}: the name {Cell.Show(first[column])} comes again; column {column} is called {Cell.Show(name)}");
            }

            taken.Add(name);
            names[column] = name;
        }

        return names;
    }

    private static string Free(string name, HashSet<string> taken, int number)
    {
        for (; ; number++)
        {
            var free = number == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
            if (!taken.Contains(free)) return free;
        }
    }

    // Years or row numbers for names: they go on from column to column, and are not of the kind of what stands below.
    private static bool NamedByNumbers(string path, string[] first, ColumnFacts[] columns, int[] numbers, int line)
    {
        if (numbers.Length == 0 || Enumerable.Range(0, first.Length).Any(column => !numbers.Contains(column) && first[column].Length > 0 && columns[column].CountOf(first[column]) > 0)) return false;
        var values = Array.ConvertAll(numbers, column => Cell.Read(first[column], out var value) == CellKind.Number ? value : double.NaN);
        var steps = values.Zip(values.Skip(1), static (one, next) => next - one).ToArray();
        var noWholes = numbers.All(column => columns[column].NoWholes);
        if (values[0] is 0 or 1 && numbers.Length >= Fewest && steps.All(static step => step == 1)) return noWholes;
        if (!values.All(static value => value is >= 1900 and <= 2100 && value == Math.Floor(value)) || !(steps.All(static step => step > 0) || steps.All(static step => step < 0))) return false;
        if (numbers.Length == 1) return noWholes;
        if (!numbers.All(column => columns[column].OnlyYears)) return true;
        if (numbers.Length < Fewest || steps.Any(step => step != steps[0])) return false;
        throw new InvalidDataException($"{path}: line {line}: {Cell.Show(string.Join(", ", first))} may name the columns or be the first row of data. Say which it is: --header yes or --header no.");
    }

    private static bool HoldsNumbers(ColumnFacts column) => column.Present > 0 && Math.Max(column.Numbers.Count + column.Infinite, column.Dates.Count) + column.Weak >= DecimalMarks.Enough * column.Present && column.Weak < column.Present;

    private static CellKind KindOf(string cell)
    {
        var kind = Cell.Read(cell, out _);
        if (kind != CellKind.Text) return kind;
        return (NumberCell.TryRead(cell, out var number) && number.Shape != NumberShape.None) || DateCell.TryRead(cell, DateOrder.DayFirst, out _) || DateCell.TryRead(cell, DateOrder.MonthFirst, out _) ? CellKind.Number : CellKind.Text;
    }
}
