namespace Gradus.Data;

/// <summary>Looks over the rows of a table that were split, and over what was learnt from them.</summary>
internal sealed class TableAuditor(RawTable table, TablePreprocessing preprocessing, Split split)
{
    // A class of a tenth of another, and values missing in a twentieth of the rows, are worth a word; less is everyday.
    private const double Imbalanced = 10;
    private const double OftenMissing = 0.05;

    // A column that tells this share of what can be told is too good to be an input.
    private const double TellsAll = 0.995;
    private const int FewestRows = 20;
    private const int Bins = 64;

    private readonly int[] _all = [.. split.Train, .. split.Validation, .. split.Test];

    public TableAudit Run()
    {
        IEnumerable<AuditFinding> found = [.. Columns(Missing), .. Columns(Constant)];
        // Windows of a series share their rows, and the past of the target tells much of it.
        if (preprocessing.Window == 0) found = [.. Repeated(), .. Columns(Leak), .. Imbalance(), .. found];
        return new TableAudit([.. found.OrderBy(static finding => finding.Kind)]);
    }

    private IEnumerable<AuditFinding> Columns(Func<RawColumn, string, AuditFinding?> look) =>
        Enumerable.Range(0, table.Columns.Length).Select(at => look(table.Columns[at], preprocessing.Columns[at].Title)).OfType<AuditFinding>();

    private AuditFinding? Missing(RawColumn column, string title)
    {
        // The parts of a date are missing together.
        if (Array.Find(table.Columns, other => other.Plan.Index == column.Plan.Index) != column) return null;
        var missing = _all.Count(column.IsMissing);
        return missing > OftenMissing * _all.Length
            ? new AuditFinding(AuditKind.Missing, column.Plan.Name, $"{Share(missing, _all.Length)} of the rows have no value")
            : null;
    }

    private AuditFinding? Constant(RawColumn column, string title)
    {
        var keys = _all.Where(row => !column.IsMissing(row)).Select(row => Key(column, row)).Distinct().Take(2).ToArray();
        if (keys.Length > 1) return null;
        return new AuditFinding(AuditKind.Constant, title, keys.Length == 0 ? "no row has a value" : "it has one value only");
    }

    private IEnumerable<AuditFinding> Repeated()
    {
        var seen = new Dictionary<RowKey, int>();
        foreach (var row in split.Train) seen.TryAdd(new RowKey(table.Columns, row), row);
        var (repeated, copied) = (0, 0);
        foreach (var row in split.Validation.Concat(split.Test))
        {
            if (!seen.TryGetValue(new RowKey(table.Columns, row), out var other)) continue;
            repeated++;
            if (Key(table.Target!, row) == Key(table.Target!, other)) copied++;
        }

        if (repeated > 0)
        {
            var heldOut = split.Validation.Length + split.Test.Length;
            yield return new AuditFinding(AuditKind.Duplicates, null,
                $"{repeated} of {heldOut} rows for validation and test have the inputs of a training row, {copied} of them its target too");
        }

        var groups = _all.GroupBy(row => new RowKey(table.Columns, row)).Where(static group => group.Skip(1).Any()).ToArray();
        var conflicting = groups.Where(group => group.Select(row => Key(table.Target!, row)).Distinct().Skip(1).Any()).Sum(static group => group.Count());
        if (conflicting > 0)
        {
            yield return new AuditFinding(AuditKind.Conflict, null,
                $"{conflicting} of {_all.Length} rows have the inputs of another row and another target");
        }
    }

    private IEnumerable<AuditFinding> Imbalance()
    {
        if (preprocessing.Target.Task != TaskKind.Classify) yield break;
        var counts = _all.GroupBy(row => Key(table.Target!, row)).Select(static group => (Count: group.Count(), group.Key))
            .OrderBy(static one => one.Count).ToArray();
        var (fewest, most) = (counts[0], counts[^1]);
        if (most.Count < Imbalanced * fewest.Count) yield break;
        yield return new AuditFinding(AuditKind.Imbalance, preprocessing.Target.Name,
            $"{fewest.Count} rows are {Cell.Show(NameOf(fewest.Key))}, {most.Count} are {Cell.Show(NameOf(most.Key))} ({Share(most.Count, _all.Length)}); " +
            "accuracy alone says little");
    }

    private AuditFinding? Leak(RawColumn column, string title)
    {
        int[] heldOut = [.. split.Validation, .. split.Test];
        // Without rows to try it on, by those that it was learnt from: a column of a value for each row would tell them all.
        var tried = heldOut.Length >= FewestRows ? heldOut : _all;
        if (_all.Length < FewestRows) return null;
        return preprocessing.Target.Task == TaskKind.Classify ? ClassLeak(column, title, tried) : NumberLeak(column, title, tried);
    }

    // The most frequent class of each of its values, or of each of some ranges of numbers, against the most frequent class of all.
    private AuditFinding? ClassLeak(RawColumn column, string title, int[] tried)
    {
        var placeOf = Places(column);
        var best = split.Train.GroupBy(placeOf).ToDictionary(static group => group.Key, group => MostFrequent(group));
        if (best.Count > split.Train.Length / 4) return null;
        var other = MostFrequent(split.Train);
        var right = tried.Count(row => (best.TryGetValue(placeOf(row), out var told) ? told : other) == Key(table.Target!, row));
        var before = tried.Count(row => other == Key(table.Target!, row));
        // As a share of the mistakes that knowing nothing makes.
        return before < tried.Length && right - before >= TellsAll * (tried.Length - before)
            ? new AuditFinding(AuditKind.Leak, title, $"by itself it tells the class of {right} of {tried.Length} rows: is it known before the target is?")
            : null;
    }

    private AuditFinding? NumberLeak(RawColumn column, string title, int[] tried)
    {
        double told;
        if (column.Plan.Kind == ColumnKind.Number)
        {
            int[] known = [.. _all.Where(row => !column.IsMissing(row))];
            if (known.Length < FewestRows) return null;
            told = Math.Abs(Correlation(Ranks(column, known), Ranks(table.Target!, known)));
            told *= told;
        }
        else
        {
            var means = split.Train.GroupBy(Places(column)).ToDictionary(static group => group.Key, group => group.Average(row => table.Target!.Numbers[row]));
            if (means.Count > split.Train.Length / 4) return null;
            var mean = split.Train.Average(row => table.Target!.Numbers[row]);
            double Square(int row, double told) => Math.Pow(table.Target!.Numbers[row] - told, 2);
            var placeOf = Places(column);
            var all = tried.Sum(row => Square(row, mean));
            told = all > 0 ? 1 - (tried.Sum(row => Square(row, means.GetValueOrDefault(placeOf(row), mean))) / all) : 0;
        }

        return told >= TellsAll
            ? new AuditFinding(AuditKind.Leak, title, $"by itself it tells {Share(told)} of the target: is it known before the target is?")
            : null;
    }

    private long MostFrequent(IEnumerable<int> rows) =>
        rows.GroupBy(row => Key(table.Target!, row)).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key).First().Key;

    // From a row to the place of its value: a text, or one of some ranges of equally many training rows.
    private Func<int, long> Places(RawColumn column)
    {
        if (column.Plan.Kind == ColumnKind.Text) return row => column.Codes[row];
        double[] sorted = [.. split.Train.Select(row => column.Numbers[row]).Where(static number => !double.IsNaN(number)).Order()];
        var bins = sorted.Length == 0 ? 0 : Bins - 1;
        double[] bounds = [.. Enumerable.Range(1, bins).Select(bin => sorted[(int)((long)bin * sorted.Length / Bins)]).Distinct()];
        return row =>
        {
            if (column.IsMissing(row)) return -1;
            var at = Array.BinarySearch(bounds, column.Numbers[row]);
            return at >= 0 ? at + 1 : ~at;
        };
    }

    // Equal values share the mean of their ranks.
    private static double[] Ranks(RawColumn column, int[] rows)
    {
        var order = Enumerable.Range(0, rows.Length).OrderBy(at => column.Numbers[rows[at]]).ToArray();
        var ranks = new double[rows.Length];
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to < order.Length && column.Numbers[rows[order[to]]] == column.Numbers[rows[order[from]]]) to++;
            for (var at = from; at < to; at++) ranks[order[at]] = (from + to - 1) / 2.0;
            from = to;
        }

        return ranks;
    }

    private static double Correlation(double[] one, double[] other)
    {
        double oneMean = one.Average(), otherMean = other.Average(), both = 0, ones = 0, others = 0;
        for (var at = 0; at < one.Length; at++)
        {
            var (a, b) = (one[at] - oneMean, other[at] - otherMean);
            (both, ones, others) = (both + (a * b), ones + (a * a), others + (b * b));
        }

        return ones > 0 && others > 0 ? both / Math.Sqrt(ones * others) : 0;
    }

    private string NameOf(long key) =>
        table.Target!.Plan.Kind == ColumnKind.Text ? table.Target.Texts[(int)key] : Cell.Name(BitConverter.Int64BitsToDouble(key));

    private static long Key(RawColumn column, int row) =>
        column.Plan.Kind == ColumnKind.Text ? column.Codes[row] : BitConverter.DoubleToInt64Bits(column.Numbers[row] + 0.0);

    private static string Share(double part, double all = 1) => FormattableString.Invariant($"{100 * part / all:0.0} %");

    /// <summary>The inputs of a row, to be compared with those of others.</summary>
    private readonly struct RowKey : IEquatable<RowKey>
    {
        private readonly RawColumn[] _columns;
        private readonly int _row;
        private readonly int _hash;

        public RowKey(RawColumn[] columns, int row)
        {
            (_columns, _row) = (columns, row);
            var hash = new HashCode();
            foreach (var column in columns) hash.Add(Key(column, row));
            _hash = hash.ToHashCode();
        }

        public bool Equals(RowKey other)
        {
            if (_hash != other._hash) return false;
            foreach (var column in _columns)
            {
                if (Key(column, _row) != Key(column, other._row)) return false;
            }

            return true;
        }

        public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

        public override int GetHashCode() => _hash;
    }
}
