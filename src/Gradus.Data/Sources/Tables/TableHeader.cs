using System.Globalization;

namespace Gradus.Data;

/// <summary>Decides whether the first row is a header, and names the columns.</summary>
internal static class TableHeader
{
    private const int Fewest = 3;

    /// <summary>Whether the first row is a header, by the rule of <see cref="HeaderKind.Auto"/>.</summary>
    /// <exception cref="InvalidDataException">This cannot be decided.</exception>
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

    /// <summary>The names of the columns, made unique and not empty.</summary>
    /// <param name="first">The names as they stand.</param>
    /// <param name="notes">Where to say which name comes again.</param>
    /// <param name="line">The line of the header; 0 where the names stand in no line.</param>
    public static string[] Names(string[] first, List<OptionMessage> notes, int line)
    {
        var names = new string[first.Length];
        var taken = new HashSet<string>(first.Where(static cell => cell.Length > 0), StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // How far a name that comes again is counted: a file may have a hundred thousand of one name.
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var column = 0; column < first.Length; column++)
        {
            var isNamed = first[column].Length > 0;
            names[column] = isNamed ? first[column] : $"column {column}";
            if (isNamed ? seen.Add(names[column]) : taken.Add(names[column])) continue;
            names[column] = Free(names[column], taken, counts);
            if (isNamed) notes.Add(Again(line, first[column], column, names[column]));
        }

        return names;
    }

    /// <summary>Finds a column by its name, in any case if only one matches, or else by its number.</summary>
    /// <param name="origin">The table.</param>
    /// <param name="names">The names of its columns.</param>
    /// <param name="column">The name, or the number from 0.</param>
    /// <param name="role">The role of the column, for the error message.</param>
    /// <exception cref="InvalidDataException">There is no such column.</exception>
    public static int Find(TableOrigin origin, string[] names, string column, string role)
    {
        var found = Array.IndexOf(names, column);
        if (found >= 0) return found;
        var alike = Enumerable.Range(0, names.Length).Where(index => names[index].Equals(column, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (alike.Length == 1) return alike[0];
        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < names.Length) return number;
        throw new InvalidDataException($"{origin}: no {role} column {Cell.Show(column)}. Columns 0 to {names.Length - 1}: " +
            $"{PlainText.QuoteAll(names.Select(Cell.Show))}.");
    }

    private static OptionMessage Again(int line, string name, int column, string free)
    {
        var place = line > 0 ? FormattableString.Invariant($"line {line}: ") : "";
        return $"{place}the name {Cell.Show(name)} comes again; column {column} is called {Cell.Show(free)}";
    }

    private static string Free(string name, HashSet<string> taken, Dictionary<string, int> counts)
    {
        var number = counts.GetValueOrDefault(name, 1);
        string free;
        do free = string.Create(CultureInfo.InvariantCulture, $"{name} ({++number})");
        while (!taken.Add(free));
        counts[name] = number;
        return free;
    }

    // Years or row numbers for names: they go on from column to column, and are not of the kind of what stands below.
    private static bool NamedByNumbers(string path, string[] first, ColumnFacts[] columns, int[] numbers, int line)
    {
        var others = Enumerable.Range(0, first.Length).Except(numbers);
        if (numbers.Length == 0 || others.Any(column => first[column].Length > 0 && columns[column].CountOf(first[column]) > 0)) return false;
        var values = Array.ConvertAll(numbers, column => Cell.Read(first[column], out var value) == CellKind.Number ? value : double.NaN);
        var steps = values.Zip(values.Skip(1), static (one, next) => next - one).ToArray();
        var noWholes = numbers.All(column => columns[column].NoWholes);
        if (values[0] is 0 or 1 && numbers.Length >= Fewest && steps.All(static step => step == 1)) return noWholes;
        if (!values.All(static value => value is >= 1900 and <= 2100 && value == Math.Floor(value))) return false;
        if (!steps.All(static step => step > 0) && !steps.All(static step => step < 0)) return false;
        if (numbers.Length == 1) return noWholes;
        if (!numbers.All(column => columns[column].OnlyYears)) return true;
        if (numbers.Length < Fewest || steps.Any(step => step != steps[0])) return false;
        OptionHint yes = new(nameof(TableOptions.Header), HeaderKind.Yes), no = new(nameof(TableOptions.Header), HeaderKind.No);
        throw OptionMessage.InvalidData($"{path}: line {line}: {Cell.Show(string.Join(", ", first))} may name the columns or be the first row of data. " +
            $"Say which it is: {yes} or {no}.");
    }

    private static bool HoldsNumbers(ColumnFacts column)
    {
        var readable = Math.Max(column.Numbers.Count + column.Infinite, column.Dates.Count);
        return column.Weak < column.Present && readable + column.Weak >= DecimalMarks.Enough * column.Present;
    }

    private static CellKind KindOf(string cell)
    {
        var kind = Cell.Read(cell, out _);
        return kind == CellKind.Text && Cell.IsNumberOrDate(cell) ? CellKind.Number : kind;
    }
}
