namespace Gradus.Data;

/// <summary>All columns of a table as they stand in it, those among them that a model leaves out.</summary>
/// <param name="Names">The names of the columns, in the order of the table.</param>
/// <param name="Formats">How the cells of each column are read as numbers; null for a column of texts or dates, and one that the model does not know.</param>
/// <param name="Open">Reads the rows once more, from the first row of data on.</param>
internal sealed record TableContents(string[] Names, CellFormat?[] Formats, Func<CellRows> Open)
{
    /// <summary>The contents of a table for a trained model.</summary>
    /// <param name="names">The names of its columns.</param>
    /// <param name="byPlace">Whether the model's columns are found by their places.</param>
    /// <param name="inputs">The model's columns in this table.</param>
    /// <param name="preprocessing">What the model knows of its columns. The target is a number here too, though nobody asked for it.</param>
    /// <param name="open">Reads the rows once more.</param>
    public static TableContents Of(string[] names, bool byPlace, RawColumnPlan[] inputs, TablePreprocessing preprocessing, Func<CellRows> open)
    {
        var formats = new CellFormat?[names.Length];
        var target = preprocessing.Target;
        var place = !byPlace ? Array.FindIndex(names, name => name.Equals(target.Name, StringComparison.OrdinalIgnoreCase))
            : names.Length == preprocessing.FileColumns ? target.Index : -1;
        if (place >= 0 && target.IsNumber) formats[place] = target.Format;
        foreach (var column in inputs)
        {
            if (column.Kind == ColumnKind.Number && column.Format is { Part: null, IsOrdered: false }) formats[column.Index] = column.Format;
        }

        return new TableContents(names, formats, open);
    }

    /// <summary>A cell of a row: a number in a column of numbers, a text, or null where it is missing.</summary>
    public object? ValueAt(CellRows row, int column)
    {
        if ((Formats[column] ?? (row.IsTyped(column) ? CellFormat.Plain : null)) is not { } format) return Cell.IsMissing(row[column]) ? null : row[column];
        return row.Read(column, format, out var number) switch
        {
            CellKind.Number => number,
            CellKind.Missing => null,
            _ => row[column],
        };
    }
}
