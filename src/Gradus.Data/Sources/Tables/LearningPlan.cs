namespace Gradus.Data;

/// <summary>Which columns of a file are inputs, which one is the target, and what to report about the file.</summary>
internal sealed record LearningPlan(RawColumnPlan[] Inputs, RawColumnPlan Target, IReadOnlyList<OptionMessage> Notes)
{
    /// <exception cref="InvalidDataException">There is no target or no input, or something cannot be decided without an option.</exception>
    public static LearningPlan Make(TableOrigin origin, TableSchema schema, TableOptions options)
    {
        if (options.Text is not null) return SentencePlan.Make(origin, schema, options);
        var target = options.Target is { } name ? schema.Find(origin, name, "target") : LastColumn(origin, schema);
        var ignored = options.Ignore.Select(column => schema.Find(origin, column, "ignored")).ToHashSet();
        if (ignored.Contains(target)) throw new InvalidDataException($"{origin}: the target {Cell.Show(schema.Names[target])} is among the ignored columns.");
        CheckTarget(origin, schema, target, options);
        var notes = new List<OptionMessage>(schema.Notes);
        if (options.Window is not null) return OfSeries(origin, schema, target, ignored, options, notes);
        int[] wanted = [.. Enumerable.Range(0, schema.Names.Length).Where(column => column != target && !ignored.Contains(column))];
        int[] inputs = [.. wanted.Where(column => schema[column].LeftOut is null && !(schema[column].IsNameless && schema[column].IsEmpty))];
        // Numbers that count the rows are all that there is: a function of one number.
        if (inputs.Length == 0) inputs = [.. wanted.Where(column => schema[column].Kind == ColumnKind.Number && !schema[column].IsEmpty)];
        foreach (var column in wanted.Except(inputs))
            notes.Add($"column {Cell.Show(schema.Names[column])}: left out: {schema[column].LeftOut ?? new("it has neither a name nor a value")}");
        if (inputs.Length == 0) throw NoInputs(origin, schema, target, notes);
        foreach (var column in inputs.Append(target).Order())
        {
            if (schema[column].Question is { } question) throw OptionMessage.InvalidData($"{origin}: {question}");
            if (schema[column].Note is { } note) notes.Add(note);
        }

        return new LearningPlan([.. inputs.SelectMany(column => Plans(schema, column))], Plans(schema, target).First(), notes);
    }

    // All columns of numbers, the target's own past first.
    private static LearningPlan OfSeries(
        TableOrigin origin, TableSchema schema, int target, HashSet<int> ignored, TableOptions options, List<OptionMessage> notes)
    {
        if (options.Task == TaskKind.Classify || schema[target].Kind != ColumnKind.Number)
        {
            throw OptionMessage.InvalidData($"{origin}: the target {Cell.Show(schema.Names[target])} of a time series is forecast as a number" +
                $"{(schema[target].Kind == ColumnKind.Number ? "" : ", but holds others")}. Name another column with {Advice.Target()}.");
        }

        var inputs = new List<int> { target };
        for (var column = 0; column < schema.Names.Length; column++)
        {
            if (column == target || ignored.Contains(column)) continue;
            var decision = schema[column];
            if (decision.Kind == ColumnKind.Number && decision.LeftOut is null && !decision.IsEmpty) inputs.Add(column);
            else if (!decision.IsEmpty) notes.Add($"column {Cell.Show(schema.Names[column])}: left out: a time series is forecast from numbers");
        }

        foreach (var column in inputs.Order())
        {
            if (schema[column].Question is { } question) throw OptionMessage.InvalidData($"{origin}: {question}");
            if (schema[column].Note is { } note) notes.Add(note);
        }

        return new LearningPlan([.. inputs.SelectMany(column => Plans(schema, column))], Plans(schema, target).First(), notes);
    }

    // A date is read once for each of its parts.
    internal static IEnumerable<RawColumnPlan> Plans(TableSchema schema, int column)
    {
        var decision = schema[column];
        var plan = new RawColumnPlan(schema.Names[column], column, decision.Kind)
        {
            Format = decision.Format,
            IsKindGiven = decision.IsKindGiven,
            FoldsCase = decision.FoldsCase,
        };
        if (decision.Kind != ColumnKind.Date) return [plan];
        return decision.Parts.Select(part => plan with { Kind = ColumnKind.Number, Format = decision.Format with { Part = part } });
    }

    /// <summary>The last column, or the last but one that is taken.</summary>
    internal static int LastColumn(TableOrigin origin, TableSchema schema, int? taken = null)
    {
        var last = schema.Names.Length - 1;
        // What follows the last delimiter of each row is no column.
        while (last > 0 && (last == taken || schema[last] is { IsNameless: true, IsEmpty: true })) last--;
        if (!schema[last].IsNameless) return last;
        throw OptionMessage.InvalidData($"{origin}: the last column has no name, and by default the last one is the target. " +
            $"Say which it is: {Advice.Target($"{last}")} for this one, or another of {PlainText.QuoteAll(schema.Names.Select(Cell.Show))}.");
    }

    internal static void CheckTarget(TableOrigin origin, TableSchema schema, int target, TableOptions options)
    {
        var decision = schema[target];
        var isLast = options.Target is null ? ", the last column," : "";
        if (decision.Kind == ColumnKind.Date)
        {
            throw OptionMessage.InvalidData($"{origin}: the target {Cell.Show(schema.Names[target])}{isLast} holds dates, which are no target. " +
                $"Name another column with {Advice.Target()}.");
        }

        if (decision.Format.IsOrdered)
        {
            throw OptionMessage.InvalidData($"{origin}: the target {Cell.Show(schema.Names[target])}{isLast} has an order, which is for inputs: " +
                $"its texts are learnt as classes. Leave out {new OptionHint(nameof(TableOptions.Orders))} of it.");
        }

        if (decision.LeftOut is { } reason && (options.Target is null || decision.Kind == ColumnKind.Text))
        {
            throw OptionMessage.InvalidData(
                $"{origin}: the target {Cell.Show(schema.Names[target])}{isLast} holds {reason}. Name another column with {Advice.Target()}.");
        }
    }

    private static InvalidDataException NoInputs(TableOrigin origin, TableSchema schema, int target, List<OptionMessage> notes)
    {
        OptionMessage? why = null;
        if (schema.Names.Length == 1 && schema.Layout is not null)
        {
            why = $" Is {TableLayout.NameOf(schema.Delimiter)} what separates cells? Say it with {new OptionHint(nameof(TableOptions.Delimiter))}.";
        }
        else if (notes.Count > 0)
        {
            why = $" {OptionMessage.Join("; ", notes)}.";
        }

        return OptionMessage.InvalidData($"{origin}: no column is left beside the target {Cell.Show(schema.Names[target])}.{why}");
    }
}
