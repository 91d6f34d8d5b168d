namespace Gradus.Data;

/// <summary>Counts how the numbers of a column are written, to decide their format.</summary>
internal sealed class NumberEvidence
{
    // More different units than this are no units.
    private const int MostUnits = 200;
    private const int Shapes = (int)NumberShape.None;

    private readonly long[] _plain = new long[Shapes];
    private readonly Dictionary<(string Currency, string Suffix), long[]> _shapes;
    private readonly Dictionary<NumberShape, (int Line, string Text)> _first = [];

    public NumberEvidence() => _shapes = new() { [("", "")] = _plain };

    /// <summary>Number of cells that are numbers in any format.</summary>
    public long Count { get; private set; }

    /// <summary>The units that occur, each with its first cell.</summary>
    public Dictionary<string, (int Line, string Text)> Units { get; } = [];

    public bool Has(NumberShape shape) => _first.ContainsKey(shape);

    /// <summary><c>"1,234" (line 7)</c>.</summary>
    public string Show(NumberShape shape, string unit) => $"{Cell.Show(_first[shape].Text)} ({unit} {_first[shape].Line})";

    public void Add(in NumberCell number, int line, string text)
    {
        var shape = number.Shape;
        if (shape == NumberShape.None) return;
        Count++;
        if (!_shapes.TryGetValue((number.Currency, number.Suffix), out var counts))
        {
            if (_shapes.Count > MostUnits) return;
            _shapes.Add((number.Currency, number.Suffix), counts = new long[Shapes]);
            if (number.Unit.Length > 0) Units.TryAdd(number.Unit, (line, text));
        }

        counts[(int)shape]++;
        if (!_first.ContainsKey(shape)) _first.Add(shape, (line, text));
    }

    /// <summary>Adds a number with a decimal point and no unit.</summary>
    public void AddPlain(NumberShape shape, int line, string text)
    {
        Count++;
        if (_plain[(int)shape]++ == 0) _first.TryAdd(shape, (line, text));
    }

    /// <summary>The most frequent unit, whether k, M and B are multiples, and the counts of the cells that can be read so.</summary>
    public (string Unit, bool Multiples, long[] Counts) Choose()
    {
        var byUnit = _shapes.Where(static entry => entry.Key != ("", ""))
            .GroupBy(static entry => entry.Key.Currency + entry.Key.Suffix, static entry => entry.Value).ToArray();
        if (byUnit.Length == 0) return ("", false, _plain);
        var best = byUnit.MaxBy(static group => group.Sum(static counts => counts.Sum()))!;
        var chosen = Sum([_plain, .. best]);
        // k, M and B are multiples where there are several of them, or one that is no unit; and nothing else than a currency beside them.
        var currencies = _shapes.Keys.Select(static key => key.Currency).Distinct().ToArray();
        var mayBe = currencies.Count(static currency => currency.Length > 0) <= 1 && _shapes.Keys.All(static key => NumberCell.MayBeMultiple(key.Suffix));
        return mayBe && (byUnit.Length > 1 || _shapes.Keys.Any(IsNoUnit))
            ? (currencies.Max() ?? "", true, Sum([.. _shapes.Values]))
            : (best.Key, false, chosen);
    }

    // Metre, bit, gauss and tesla have letters of multiples; kelvin too, which would not stand beside numbers without it.
    private bool IsNoUnit((string Currency, string Suffix) key) => key.Suffix switch
    {
        "" => false,
        "m" or "b" or "G" or "T" => key.Currency.Length > 0,
        "K" => key.Currency.Length > 0 || _plain.Sum() > 0,
        _ => true,
    };

    private static long[] Sum(IReadOnlyList<long[]> parts)
    {
        var sum = new long[Shapes];
        foreach (var part in parts)
        {
            for (var index = 0; index < Shapes; index++) sum[index] += part[index];
        }

        return sum;
    }
}

/// <summary>Decides the decimal mark from counts of shapes.</summary>
internal static class DecimalMarks
{
    // A column of one dirty cell in twenty is what its other cells are.
    public const double Enough = 0.95;

    /// <summary>Number of cells that are numbers with this decimal mark.</summary>
    public static long Readable(long[] counts, char mark)
    {
        long Of(NumberShape shape) => counts[(int)shape];
        var sum = Of(NumberShape.Short) + Of(NumberShape.Ungrouped) + Of(NumberShape.Neutral) + Of(NumberShape.EitherPoint) + Of(NumberShape.EitherComma);
        return sum + (mark == '.' ? Points(counts) : Commas(counts));
    }

    /// <summary>The decimal mark that the cells show; null where they do not.</summary>
    public static char? OfColumn(long[] counts)
    {
        long point = Points(counts), comma = Commas(counts);
        if (point + comma > 0) return point >= comma ? '.' : ',';
        long eitherPoint = counts[(int)NumberShape.EitherPoint], eitherComma = counts[(int)NumberShape.EitherComma];
        if (eitherComma == 0 || eitherPoint > 0) return null;
        // 1,234 beside 1234 is no group; beside 950 it is one: decimals would have been left out there, too.
        if (counts[(int)NumberShape.Ungrouped] > 0) return ',';
        return counts[(int)NumberShape.Short] > 0 ? '.' : null;
    }

    /// <summary>Whether the numbers of a column depend on the decimal mark.</summary>
    public static bool MayBeEither(long[] counts)
    {
        if (counts[(int)NumberShape.EitherComma] > 0) return true;
        return counts[(int)NumberShape.EitherPoint] > 0 && counts[(int)NumberShape.Short] > 0 && counts[(int)NumberShape.Ungrouped] == 0;
    }

    /// <summary>Number of cells that show a decimal point.</summary>
    public static long Points(long[] counts) => counts[(int)NumberShape.DecimalPoint] + counts[(int)NumberShape.GroupComma];

    /// <summary>Number of cells that show a decimal comma.</summary>
    public static long Commas(long[] counts) => counts[(int)NumberShape.DecimalComma] + counts[(int)NumberShape.GroupPoint];
}
