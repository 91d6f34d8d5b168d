using Parquet;
using Parquet.Schema;

namespace Gradus.Data;

/// <summary>Holds what a Parquet file says of itself against its size, before memory is taken for it.</summary>
internal static class ParquetLimits
{
    // Columns of few different values take less than a bit for each; more than these are no data, but a file made to do harm.
    private const long MostCellsPerByte = 4;
    private const long CellsAlwaysAllowed = 1 << 20;

    /// <exception cref="InvalidDataException">It says that it holds more than its size allows.</exception>
    public static void Check(Stream file, ParquetReader reader, IEnumerable<DataField> fields, TableOrigin origin)
    {
        var columns = reader.Schema.DataFields.Length;
        var rows = 0L;
        foreach (var group in reader.RowGroups)
        {
            if (group.RowCount < 0) throw new InvalidDataException($"{origin}: it says that it has {group.RowCount} rows in a group.");
            rows += group.RowCount;
            if (rows > int.MaxValue - 1 || rows * columns > CellsAlwaysAllowed + (MostCellsPerByte * file.Length))
            {
                throw new InvalidDataException($"{origin}: it says that it has {columns} columns of {rows} rows or more, " +
                    $"far more than {file.Length} bytes hold. Is it damaged?");
            }
        }

        var pages = new ParquetPages(file, origin);
        foreach (var group in reader.RowGroups)
        {
            foreach (var field in fields)
            {
                var chunk = group.GetMetadata(field) ?? throw new InvalidDataException($"{origin}: a group of rows lacks the column {Cell.Show(field.Name)}.");
                pages.Check(chunk, group.RowCount);
            }
        }
    }
}
