using Gradus.Data;

namespace Gradus.Training;

/// <summary>The rows of a table that a model is asked about, with all columns of the table, those that the model leaves out among them.</summary>
internal static class TableCells
{
    /// <summary>The names of all columns, in the order of the table.</summary>
    public static IReadOnlyList<string> Names(TableRows table) => Contents(table).Names;

    /// <summary>The row of each sample, one after another: the table is read once more. Of a window it is the last row.</summary>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    /// <exception cref="InvalidDataException">The file has changed.</exception>
    public static IEnumerable<TableCell[]> Read(TableRows table)
    {
        var contents = Contents(table);
        using var rows = contents.Open();
        foreach (var line in table.Lines)
        {
            do
            {
                if (!rows.Next()) throw new InvalidDataException($"{table.Data.Name}: its row {line} is gone: the table has changed while it was read.");
            }
            while (rows.Line < line);

            var cells = new TableCell[contents.Names.Length];
            for (var column = 0; column < cells.Length; column++) cells[column] = new TableCell(rows[column], contents.ValueAt(rows, column));
            yield return cells;
        }
    }

    private static TableContents Contents(TableRows table) =>
        table.Contents ?? throw new ArgumentException("The rows come from no table that could be read once more.", nameof(table));
}
