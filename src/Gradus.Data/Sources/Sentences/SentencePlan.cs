namespace Gradus.Data;

/// <summary>The column of sentences as the only input of a table.</summary>
internal static class SentencePlan
{
    /// <exception cref="InvalidDataException">There is no such column, it is the target too, or it cannot be used.</exception>
    public static LearningPlan Make(TableOrigin origin, TableSchema schema, TableOptions options)
    {
        var text = Find(origin, schema, options);
        var target = options.Target is { } name ? schema.Find(origin, name, "target") : LearningPlan.LastColumn(origin, schema, text);
        var column = Cell.Show(schema.Names[text]);
        if (target == text)
        {
            throw OptionMessage.InvalidData($"{origin}: column {column} cannot be both the sentences and the target. Name another target with " +
                $"{Advice.Target()}, or other sentences with {Advice.Text()}.");
        }

        var ignored = options.Ignore.Select(name => schema.Find(origin, name, "ignored")).ToHashSet();
        foreach (var (used, what) in new[] { (text, "column of sentences"), (target, "target") })
        {
            if (ignored.Contains(used))
                throw new InvalidDataException($"{origin}: the {what} {Cell.Show(schema.Names[used])} is among the ignored columns.");
        }

        if (schema[text] is { IsKindGiven: true, Kind: var kind and not ColumnKind.Text })
        {
            throw OptionMessage.InvalidData($"{origin}: column {column} is read as sentences; " +
                $"{Advice.Kind(schema.Names[text], kind)} does not go with that.");
        }

        LearningPlan.CheckTarget(origin, schema, target, options);
        if (schema[target].Question is { } question) throw OptionMessage.InvalidData($"{origin}: {question}");
        List<OptionMessage> notes = [.. schema.Notes];
        if (schema[target].Note is { } note) notes.Add(note);
        for (var other = 0; other < schema.Names.Length; other++)
        {
            if (other == text || other == target || ignored.Contains(other) || schema[other] is { IsNameless: true, IsEmpty: true }) continue;
            notes.Add($"column {Cell.Show(schema.Names[other])}: left out: the sentences alone are the input");
        }

        var plan = new RawColumnPlan(schema.Names[text], text, ColumnKind.Text) { IsKindGiven = true };
        return new LearningPlan([plan], LearningPlan.Plans(schema, target).First(), notes);
    }

    private static int Find(TableOrigin origin, TableSchema schema, TableOptions options)
    {
        var text = schema.Find(origin, options.Text!, "text");
        return schema.Names.Length > 1 ? text
            : throw new InvalidDataException($"{origin}: column {Cell.Show(schema.Names[text])} is the only one; expected a target beside the sentences.");
    }
}
