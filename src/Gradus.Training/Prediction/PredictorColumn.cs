using Gradus.Data;

namespace Gradus.Training;

/// <summary>A column that a model of a table reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its cells are: numbers, texts or dates.</param>
/// <param name="Categories">The texts that the model knows, in their order where they have one; empty for numbers and dates.</param>
/// <param name="Typical">
/// A cell as the training rows have it: the median of numbers and of ordered texts, the first category of other texts; null for dates and sentences.
/// </param>
public sealed record PredictorColumn(string Name, ColumnKind Kind, IReadOnlyList<string> Categories, object? Typical)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Kind.ToString().ToLowerInvariant()})";

    internal static IReadOnlyList<PredictorColumn> Of(TablePreprocessing? table) => table is null
        ? []
        : [.. table.Columns.GroupBy(static column => column.Name, StringComparer.Ordinal).Select(parts => Of(table, parts.First()))];

    private static PredictorColumn Of(TablePreprocessing table, TableColumn column)
    {
        if (column.Format.Part is not null) return new PredictorColumn(column.Name, ColumnKind.Date, [], null);
        if (column.IsOrdered) return new PredictorColumn(column.Name, ColumnKind.Text, column.Format.Order, column.Word(column.Median));
        if (column.Kind == ColumnKind.Number) return new PredictorColumn(column.Name, ColumnKind.Number, [], column.Median);
        string[] known = table.Words is null ? [.. column.Categories.Where(static name => name.Length > 0)] : [];
        return new PredictorColumn(column.Name, ColumnKind.Text, known, known.Length > 0 ? known[0] : null);
    }
}
