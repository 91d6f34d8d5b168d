namespace Gradus.Data;

/// <summary>The options of <see cref="TableOptions"/> that messages recommend.</summary>
internal static class Advice
{
    public static OptionHint Kind(string column, ColumnKind kind) => new(nameof(TableOptions.Kinds), kind, column);

    public static OptionHint Ignore(string column) => new(nameof(TableOptions.Ignore), new[] { column });

    public static OptionHint Ignore() => new(nameof(TableOptions.Ignore));

    public static OptionHint Decimal(DecimalMark mark) => new(nameof(TableOptions.Decimal), mark);

    public static OptionHint Dates(DateOrder order) => new(nameof(TableOptions.Dates), order);

    public static OptionHint Missing(MissingValues missing) => new(nameof(TableOptions.Missing), missing);

    public static OptionHint Task(TaskKind task) => new(nameof(TableOptions.Task), task);

    public static OptionHint Text(string? column = null) => new(nameof(TableOptions.Text), column);

    public static OptionHint Target(string? column = null) => new(nameof(TableOptions.Target), column);
}
