namespace Gradus.Data;

/// <summary>Learns the preprocessing of columns from the training rows.</summary>
internal static class TableFit
{
    private const int MostAutomaticClasses = 20;

    /// <param name="origin">The table.</param>
    /// <param name="raw">The column.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="maxCategories">The maximal number of categories.</param>
    /// <param name="notes">Takes what is to be reported.</param>
    public static TableColumn Column(TableOrigin origin, RawColumn raw, ReadOnlySpan<int> train, int maxCategories, List<OptionMessage> notes)
    {
        var (name, index, kind) = raw.Plan;
        if (kind == ColumnKind.Text)
            return new TableColumn { Name = name, Index = index, Kind = kind, Categories = Categories(raw, train, maxCategories, notes) };
        var values = Present(raw.Numbers, train);
        var (mean, deviation) = Moments(origin, name, values);
        Array.Sort(values);
        var median = values.Length == 0 ? 0 : values[(values.Length - 1) / 2] / 2 + values[values.Length / 2] / 2;
        return new TableColumn
        {
            Name = name,
            Index = index,
            Kind = kind,
            Format = raw.Plan.Format,
            IsKindGiven = raw.Plan.IsKindGiven,
            Mean = mean,
            Deviation = deviation,
            Median = median,
        };
    }

    /// <summary>
    /// Decides the task, and finds the classes, or the mean and standard deviation. The classes are taken from all rows, since a rare class may have
    /// no training row.
    /// </summary>
    /// <param name="origin">The table.</param>
    /// <param name="raw">The column.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="rows">All rows that are kept.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="nearlyNumbers">Why a column of texts is none of numbers; null where it is far from one.</param>
    /// <param name="notes">Takes what is to be reported.</param>
    public static TableTarget Target(
        TableOrigin origin, RawColumn raw, TableOptions options, ReadOnlySpan<int> rows, ReadOnlySpan<int> train, string? nearlyNumbers,
        List<OptionMessage> notes)
    {
        var (name, index, kind) = raw.Plan;
        var (task, transform) = (options.Task, options.TargetTransform);
        if (task == TaskKind.Regress && kind == ColumnKind.Text)
        {
            if (nearlyNumbers is null)
            {
                throw new InvalidDataException(
                    $"{origin}: the target {Cell.Show(name)} has texts such as {Cell.Show(raw.Texts[0])}, expected numbers for a regression.");
            }

            throw OptionMessage.InvalidData(
                $"{origin}: the target {Cell.Show(name)}: {nearlyNumbers}, expected numbers for a regression. {OthersAreMissing(name)}.");
        }

        string[]? classes = null;
        if (kind == ColumnKind.Text)
        {
            var used = new HashSet<int>();
            foreach (var row in rows) used.Add(raw.Codes[row]);
            classes = [.. used.Select(code => raw.Texts[code]).Order(StringComparer.Ordinal)];
            if (task == TaskKind.Auto && nearlyNumbers is not null && classes.Length > MostAutomaticClasses)
            {
                throw OptionMessage.InvalidData($"{origin}: the target {Cell.Show(name)}: {nearlyNumbers}. " +
                    $"{OthersAreMissing(name)}, or all as {classes.Length} classes with {Advice.Task(TaskKind.Classify)}.");
            }
        }
        else if (task != TaskKind.Regress)
        {
            var used = new HashSet<double>();
            var whole = true;
            var most = task == TaskKind.Auto ? MostAutomaticClasses : TablePreprocessing.MostClasses;
            foreach (var row in rows)
            {
                var value = raw.Numbers[row];
                if (used.Count <= most) used.Add(value);
                whole &= value == Math.Floor(value);
            }

            if (task == TaskKind.Classify || (whole && used.Count <= most)) classes = [.. used.Order().Select(Cell.Name)];
        }

        var target = new TableTarget { Name = name, Index = index, Task = TaskKind.Regress, Format = raw.Plan.Format, IsKindGiven = raw.Plan.IsKindGiven };
        if (classes is null)
        {
            var (mean, deviation) = Scale(origin, raw, train, transform);
            if (transform == TargetTransform.None && Skewness.NoteOf(name, Present(raw.Numbers, train)) is { } note) notes.Add(note);
            return target with { Mean = mean, Deviation = deviation, Transform = transform };
        }

        if (transform != TargetTransform.None)
        {
            var hint = new OptionHint(nameof(TableOptions.TargetTransform), transform);
            OptionMessage message = $"{origin}: the target {Cell.Show(name)} has {classes.Length} classes, and {hint} is for numbers.";
            if (kind == ColumnKind.Number) message = $"{message} Learn them as such with {Advice.Task(TaskKind.Regress)}.";
            throw OptionMessage.InvalidData(message);
        }

        if (classes.Length < 2)
            throw new InvalidDataException($"{origin}: the target {Cell.Show(name)} has one value only, {Cell.Show(classes[0])}: nothing to tell apart.");
        if (classes.Length > TablePreprocessing.MostClasses)
        {
            throw OptionMessage.InvalidData($"{origin}: the target {Cell.Show(name)} has more than {TablePreprocessing.MostClasses} different values, " +
                $"too many for classes. Name another column with {Advice.Target()}, or learn numbers with {Advice.Task(TaskKind.Regress)}.");
        }

        if (classes.Length > MostAutomaticClasses) notes.Add(ManyClasses(raw, classes.Length, rows));
        return target with { Task = TaskKind.Classify, ClassNames = classes };
    }

    /// <summary>Mean and standard deviation of what is learnt of a target.</summary>
    public static (double Mean, double Deviation) Scale(TableOrigin origin, RawColumn raw, ReadOnlySpan<int> rows, TargetTransform transform) =>
        Moments(origin, raw.Plan.Name, Array.ConvertAll(Present(raw.Numbers, rows), number => transform.Apply(number)));

    private static OptionMessage ManyClasses(RawColumn raw, int classes, ReadOnlySpan<int> rows)
    {
        var isNumber = raw.Plan.Kind == ColumnKind.Number;
        var counts = new Dictionary<double, int>();
        foreach (var row in rows)
        {
            var value = isNumber ? raw.Numbers[row] : raw.Codes[row];
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        var (least, most) = (counts.Values.Min(), counts.Values.Max());
        var each = least == most ? FormattableString.Invariant($"{least}") : FormattableString.Invariant($"{least} to {most}");
        if (!isNumber) return $"the target {Cell.Show(raw.Plan.Name)}: {classes} different texts are as many classes, of {each} rows each";
        return $"the target {Cell.Show(raw.Plan.Name)}: {classes} different numbers are as many classes, of {each} rows each; " +
            $"{Advice.Task(TaskKind.Regress)} learns them as numbers";
    }

    private static OptionMessage OthersAreMissing(string name) =>
        $"Take such cells as missing with {Advice.Kind(name, ColumnKind.Number)} and {Advice.Missing(MissingValues.Drop)}";

    // Where they are too many the most frequent stay, of equal ones the first; the others have no input of their own, as texts that later files bring.
    private static string[] Categories(RawColumn raw, ReadOnlySpan<int> train, int maxCategories, List<OptionMessage> notes)
    {
        var counts = new Dictionary<int, int>();
        foreach (var row in train) counts[raw.Codes[row]] = counts.GetValueOrDefault(raw.Codes[row]) + 1;
        var missing = counts.Remove(-1);
        var used = counts.Keys.Select(code => raw.Texts[code]).Order(StringComparer.Ordinal).ToArray();
        if (used.Length > maxCategories)
        {
            notes.Add($"column {Cell.Show(raw.Plan.Name)}: {used.Length} different texts; the {maxCategories} most frequent are inputs, " +
                $"the others count as one ({new OptionHint(nameof(TableOptions.MaxCategories), used.Length)} takes all)");
            used = [.. counts.OrderByDescending(static entry => entry.Value).ThenBy(entry => raw.Texts[entry.Key], StringComparer.Ordinal).Take(maxCategories)
                .Select(entry => raw.Texts[entry.Key]).Order(StringComparer.Ordinal)];
        }

        return missing ? [.. used, ""] : used;
    }

    private static double[] Present(List<double> numbers, ReadOnlySpan<int> rows)
    {
        var values = new List<double>(rows.Length);
        foreach (var row in rows)
        {
            if (!double.IsNaN(numbers[row])) values.Add(numbers[row]);
        }

        return [.. values];
    }

    private static (double Mean, double Deviation) Moments(TableOrigin origin, string name, double[] values)
    {
        if (values.Length == 0) return (0, 1);
        // A constant column is found by comparison: rounding would leave it a tiny deviation to be divided by.
        if (!values.AsSpan().ContainsAnyExcept(values[0])) return (values[0], 1);
        double sum = 0, squares = 0;
        foreach (var value in values) sum += value;
        var mean = sum / values.Length;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        var deviation = Math.Sqrt(squares / values.Length);
        if (!double.IsFinite(deviation)) throw new InvalidDataException($"{origin}: column {Cell.Show(name)}: the numbers are too large to be averaged.");
        return (mean, deviation > 0 ? deviation : 1);
    }
}
