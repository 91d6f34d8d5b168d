namespace Gradus.Data;

/// <summary>Counts in which orders of day, month and year the cells of a column are dates, and which parts of the dates vary.</summary>
internal sealed class DateEvidence
{
    private static readonly DateOrder[] Orders = [DateOrder.DayFirst, DateOrder.MonthFirst, DateOrder.YearFirst];

    private readonly long[] _valid = new long[Orders.Length];
    private readonly bool[,] _differ = new bool[Orders.Length, Orders.Length];
    private readonly (int Low, int High)[,] _ranges = new (int, int)[Orders.Length, DateCell.Parts];
    private bool _hasDates;

    /// <summary>The first cell that is a different date in different orders.</summary>
    public (int Line, string Text)? FirstDifferent { get; private set; }

    /// <summary>Number of cells that are dates in the best order.</summary>
    public long Count => _valid.Max();

    public bool Add(string cell, int line)
    {
        Span<DateTime> dates = stackalloc DateTime[Orders.Length];
        Span<bool> valid = stackalloc bool[Orders.Length];
        var any = false;
        for (var order = 0; order < Orders.Length; order++)
        {
            valid[order] = DateCell.TryRead(cell, Orders[order], out dates[order]);
            any |= valid[order];
            if (!valid[order]) continue;
            _hasDates |= dates[order].Year > 1;
            for (var part = 0; part < DateCell.Parts; part++)
            {
                var value = DateCell.Take(dates[order], (DatePart)part);
                var (low, high) = _valid[order] == 0 ? (value, value) : _ranges[order, part];
                _ranges[order, part] = (Math.Min(low, value), Math.Max(high, value));
            }

            _valid[order]++;
        }

        for (var one = 0; one < Orders.Length; one++)
        {
            for (var other = one + 1; other < Orders.Length; other++)
            {
                if (!valid[one] || !valid[other] || dates[one] == dates[other]) continue;
                // A year of two digits comes first between hyphens only.
                if (Orders[other] == DateOrder.YearFirst && !cell.Contains('-', StringComparison.Ordinal)) continue;
                _differ[one, other] = true;
                FirstDifferent ??= (line, cell);
            }
        }

        return any;
    }

    /// <summary>The order in which most cells are dates; null where several orders are equally good and give different dates.</summary>
    /// <param name="told">The order that the user gave, or that of other columns of the file.</param>
    public DateOrder? Choose(DateOrder told)
    {
        if (told != DateOrder.Auto && _valid[(int)told - 1] > 0) return told;
        var most = Count;
        var best = Array.IndexOf(_valid, most);
        for (var other = best + 1; other < Orders.Length; other++)
        {
            if (_valid[other] == most && _differ[best, other]) return null;
        }

        return Orders[best];
    }

    /// <summary>The parts that vary between cells.</summary>
    public DatePart[] Parts(DateOrder order) =>
        [.. Enum.GetValues<DatePart>()
            .Where(part => (part >= DatePart.Hour || _hasDates) && _ranges[(int)order - 1, (int)part] is var range && range.Low < range.High)];
}
