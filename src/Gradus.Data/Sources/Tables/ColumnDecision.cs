namespace Gradus.Data;

/// <summary>What was decided about a column of a file: its kind, its format, and whether it is used.</summary>
internal sealed record ColumnDecision
{
    public required ColumnKind Kind { get; init; }

    /// <summary>How its cells become numbers.</summary>
    public CellFormat Format { get; init; } = CellFormat.Plain;

    /// <summary>The parts of its dates that vary.</summary>
    public DatePart[] Parts { get; init; } = [];

    /// <summary>Whether the user gave its kind. Then any number of cells may be of another kind; they are missing.</summary>
    public bool IsKindGiven { get; init; }

    /// <summary>Whether texts are compared without regard to case, as for truth values.</summary>
    public bool FoldsCase { get; init; }

    /// <summary>What to report if it is used.</summary>
    public OptionMessage? Note { get; init; }

    /// <summary>Why it is left out of the inputs: it identifies rows. Null for other columns.</summary>
    public OptionMessage? LeftOut { get; init; }

    /// <summary>What could not be decided, and which option decides it.</summary>
    public OptionMessage? Question { get; init; }

    /// <summary>Whether it has no name although other columns have.</summary>
    public bool IsNameless { get; init; }

    public bool IsEmpty { get; init; }

    /// <summary>For a text column whose cells are mostly numbers, how many; null for other columns.</summary>
    public string? NearlyNumbers { get; init; }

    /// <summary>Decides about all columns of a file. The decimal mark and the date order of one column count for the others.</summary>
    public static ColumnDecision[] Of(TableOrigin origin, string[] names, bool[] isNamed, ColumnFacts[] facts, char delimiter, TableOptions options)
    {
        var told = ToldKinds(origin, names, options);
        var orders = ToldOrders(origin, names, told, options);
        var mark = options.Decimal switch { DecimalMark.Point => '.', DecimalMark.Comma => ',', _ => MarkOf(facts, delimiter) };
        var order = options.Dates != DateOrder.Auto ? options.Dates : OrderOf(facts);
        var haveNames = isNamed.Contains(true);
        var decisions = new ColumnDecision[facts.Length];
        for (var column = 0; column < facts.Length; column++)
        {
            var context = new Context(names[column], origin.Unit, told[column], options.Decimal != DecimalMark.Auto, mark, order, options.MaxCategories);
            var decision = orders[column] is { } categories ? Ordered(categories) : Decide(facts[column], context);
            decisions[column] = decision with
            {
                IsNameless = haveNames && !isNamed[column],
                IsEmpty = facts[column].Present == 0,
                LeftOut = told[column] is null && orders[column] is null ? WhyLeftOut(facts[column], decision, context, isNamed[column], column) : null,
            };
        }

        return decisions;
    }

    private static ColumnKind?[] ToldKinds(TableOrigin origin, string[] names, TableOptions options)
    {
        var told = new ColumnKind?[names.Length];
        foreach (var (name, kind) in options.Kinds) told[TableHeader.Find(origin, names, name, kind.ToString().ToLowerInvariant())] = kind;
        return told;
    }

    private static IReadOnlyList<string>?[] ToldOrders(TableOrigin origin, string[] names, ColumnKind?[] told, TableOptions options)
    {
        var orders = new IReadOnlyList<string>?[names.Length];
        foreach (var (name, order) in options.Orders)
        {
            var column = TableHeader.Find(origin, names, name, "ordered");
            orders[column] = order;
            if (told[column] is not { } kind) continue;
            throw OptionMessage.InvalidData($"{origin}: column {Cell.Show(names[column])} has an order, so that it is a column of texts: " +
                $"leave out {Advice.Kind(names[column], kind)}, or {new OptionHint(nameof(TableOptions.Orders))} of it.");
        }

        return orders;
    }

    private static ColumnDecision Ordered(IReadOnlyList<string> order) =>
        new() { Kind = ColumnKind.Number, Format = new CellFormat { Order = [.. order] }, IsKindGiven = true };

    // The mark of the columns that show one; where commas separate cells, they are no decimal commas.
    private static char? MarkOf(ColumnFacts[] facts, char delimiter)
    {
        int points = 0, commas = 0;
        foreach (var column in facts)
        {
            if (column.Numbers.Count < DecimalMarks.Enough * (column.Present - column.Weak)) continue;
            var counts = column.Numbers.Choose().Counts;
            if (DecimalMarks.Points(counts) > 0) points++;
            if (DecimalMarks.Commas(counts) > 0) commas++;
        }

        if (points > 0 != commas > 0) return points > 0 ? '.' : ',';
        return delimiter == ',' ? '.' : null;
    }

    private static DateOrder OrderOf(ColumnFacts[] facts)
    {
        var orders = facts
            .Where(static column => column.Dates.Count >= DecimalMarks.Enough * (column.Present - column.Weak) && column.Dates.FirstDifferent is not null)
            .Select(static column => column.Dates.Choose(DateOrder.Auto)).Where(static order => order is not null).Distinct().ToArray();
        return orders is [{ } one] ? one : DateOrder.Auto;
    }

    private static ColumnDecision Decide(ColumnFacts facts, Context context)
    {
        var some = facts.Present - facts.Weak;
        if (context.Told == ColumnKind.Text || (context.Told is null && facts.Merges))
        {
            return new ColumnDecision { Kind = ColumnKind.Text, FoldsCase = facts.AreTruths, IsKindGiven = context.Told is not null };
        }

        if (context.Told == ColumnKind.Date || (context.Told is null && facts.AreDates)) return Date(facts, context);

        var (unit, multiples, counts) = facts.Numbers.Choose();
        var asked = false;
        if (context.IsMarkTold || DecimalMarks.OfColumn(counts) is not { } mark)
        {
            asked = !context.IsMarkTold && context.Mark is null && DecimalMarks.MayBeEither(counts);
            mark = context.Mark ?? '.';
        }

        long point = DecimalMarks.Readable(counts, '.'), comma = DecimalMarks.Readable(counts, ','), readable = mark == '.' ? point : comma;
        var isNumber = facts.Present == 0 || (some > 0 && readable + facts.Infinite >= DecimalMarks.Enough * some);
        if (isNumber || context.Told == ColumnKind.Number)
        {
            var format = new CellFormat { Decimal = mark, Unit = unit, Multiples = multiples };
            var (shape, examples) = facts.Numbers.Has(NumberShape.EitherComma)
                ? (NumberShape.EitherComma, "1234 or 1.234")
                : (NumberShape.EitherPoint, "1.234 or 1234");
            return new ColumnDecision
            {
                Kind = ColumnKind.Number,
                Format = format == CellFormat.Plain ? CellFormat.Plain : format,
                IsKindGiven = context.Told is not null,
                Note = Recognized(context.Name, format, counts),
                Question = asked ? Marks(context.Name, facts.Numbers.Show(shape, context.Unit), examples) : null,
            };
        }

        return Text(facts, context, readable, some, counts);
    }

    private static ColumnDecision Date(ColumnFacts facts, Context context)
    {
        var order = facts.Dates.Choose(context.Order);
        var parts = facts.Dates.Parts(order ?? DateOrder.DayFirst);
        if (parts.Length == 0) parts = [DatePart.Year];
        var example = facts.Dates.FirstDifferent;
        var shown = example is null ? "" : order switch
        {
            DateOrder.DayFirst => ", the day first",
            DateOrder.MonthFirst => ", the month first",
            _ => ", the year first",
        };
        var taken = string.Join(", ", parts.Select(static part => part.ToString().ToLowerInvariant()));
        return new ColumnDecision
        {
            Kind = ColumnKind.Date,
            Format = new CellFormat { Dates = order ?? DateOrder.DayFirst },
            Parts = parts,
            IsKindGiven = context.Told is not null,
            Note = $"column {Cell.Show(context.Name)}: dates{shown}, taken as {taken}",
            Question = order is null ? Orders(context.Name, context.Unit, example!.Value) : null,
        };
    }

    private static OptionMessage Marks(string name, string shown, string examples) =>
        $"column {Cell.Show(name)}: {shown} may be {examples}. Say which: {Advice.Decimal(DecimalMark.Point)} or {Advice.Decimal(DecimalMark.Comma)}.";

    private static OptionMessage Orders(string name, string unit, (int Line, string Text) example) =>
        $"column {Cell.Show(name)}: {Cell.Show(example.Text)} ({unit} {example.Line}) may have the day, the month or the year first. " +
        $"Say which: {Advice.Dates(DateOrder.DayFirst)}, {Advice.Dates(DateOrder.MonthFirst)} or {Advice.Dates(DateOrder.YearFirst)}.";

    private static ColumnDecision Text(ColumnFacts facts, Context context, long readable, long some, long[] counts)
    {
        var (name, unit) = (Cell.Show(context.Name), context.Unit);
        var (asNumber, asText) = (Advice.Kind(context.Name, ColumnKind.Number), Advice.Kind(context.Name, ColumnKind.Text));
        OptionMessage? question = null;
        if (!context.IsMarkTold && facts.Numbers.Count >= DecimalMarks.Enough * some && counts.Sum() >= DecimalMarks.Enough * some
            && Mixed(facts, unit) is { } marks)
        {
            question = $"column {name}: {marks} do not go together. Say how numbers are written with {Advice.Decimal(DecimalMark.Point)} or " +
                $"{Advice.Decimal(DecimalMark.Comma)} and take other cells as missing with {asNumber}, or take them as texts with {asText}.";
        }
        else if (facts.HasMixedUnits && facts.Numbers.Count >= DecimalMarks.Enough * some)
        {
            var units = facts.Numbers.Units.Values.Take(2).Select(cell => $"{Cell.Show(cell.Text)} ({unit} {cell.Line})");
            question = $"column {name}: numbers of different units, {string.Join(" and ", units)}. Bring them to one unit, " +
                $"or take them as texts with {asText}, or leave the column out with {Advice.Ignore(context.Name)}.";
        }

        var nearly = readable * 2 >= some && readable > 0 && facts.FirstNoNumber is { } first
            ? $"{readable} of {some} cells are numbers, the first that is none is {Cell.Show(first.Text)} ({unit} {first.Line})"
            : null;
        OptionMessage? note = null;
        if (nearly is not null) note = $"column {name}: {nearly}; taken as texts ({asNumber} takes such cells as missing)";
        return new ColumnDecision { Kind = ColumnKind.Text, FoldsCase = facts.AreTruths, Question = question, NearlyNumbers = nearly, Note = note };
    }

    private static string? Mixed(ColumnFacts facts, string unit)
    {
        var point = facts.Numbers.Has(NumberShape.DecimalPoint) ? NumberShape.DecimalPoint : NumberShape.GroupComma;
        var comma = facts.Numbers.Has(NumberShape.DecimalComma) ? NumberShape.DecimalComma : NumberShape.GroupPoint;
        return facts.Numbers.Has(point) && facts.Numbers.Has(comma) ? $"{facts.Numbers.Show(point, unit)} and {facts.Numbers.Show(comma, unit)}" : null;
    }

    private static OptionMessage? WhyLeftOut(ColumnFacts facts, ColumnDecision decision, Context context, bool isNamed, int column)
    {
        if (facts.Present == 0) return null;
        var asNumber = Advice.Kind(context.Name, ColumnKind.Number);
        if ((isNamed ? ColumnFacts.NamesId(context.Name) : column == 0) && facts.AreDistinctWholes && (isNamed || facts.CountsRows))
        {
            return $"a whole number of its own in each row, an id ({asNumber} takes it)";
        }

        if ((isNamed ? ColumnFacts.NamesRow(context.Name) : column == 0) && facts.CountsRows && facts.Rows >= 5)
        {
            return $"it counts the rows ({asNumber} takes it)";
        }

        if (decision.Kind != ColumnKind.Text || decision.Question is not null || !facts.AreNames(context.MaxCategories)) return null;
        if (facts.AreSentences) return $"a text of its own in nearly every row ({Advice.Text(context.Name)} reads sentences)";
        return $"a text of its own in nearly every row, names or ids ({Advice.Kind(context.Name, ColumnKind.Text)} takes it)";
    }

    private static OptionMessage? Recognized(string name, CellFormat format, long[] counts)
    {
        var parts = new List<string>();
        if (format.Decimal == ',' && counts[(int)NumberShape.DecimalComma] + counts[(int)NumberShape.EitherComma] > 0) parts.Add("a decimal comma");
        if (format.Decimal == '.' && counts[(int)NumberShape.GroupComma] + counts[(int)NumberShape.EitherComma] > 0) parts.Add("commas between thousands");
        if (format.Decimal == ',' && counts[(int)NumberShape.GroupPoint] + counts[(int)NumberShape.EitherPoint] > 0) parts.Add("points between thousands");
        if (counts[(int)NumberShape.Neutral] > 0) parts.Add("groups of thousands");
        if (format.Unit.Length > 0) parts.Add($"the unit {Cell.Show(format.Unit)}");
        if (format.Multiples) parts.Add("k, M and B for multiples");
        if (parts.Count == 0) return null;
        return $"column {Cell.Show(name)}: numbers with {string.Join(", ", parts)}";
    }

    private sealed record Context(string Name, string Unit, ColumnKind? Told, bool IsMarkTold, char? Mark, DateOrder Order, int MaxCategories);
}
