using Parquet;
using Parquet.Schema;

namespace Gradus.Data;

/// <summary>Reads Parquet files as tables.</summary>
public static class ParquetTable
{
    /// <summary>
    /// Reads a Parquet file: numbers, texts, truth values, dates and times; null is missing. Columns of lists, structures or bytes are left out, with a
    /// note.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, is no Parquet file, or says that it holds far more than its size allows.</exception>
    public static Table Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var origin = new TableOrigin(path, "row");
        using var file = InputFile.Open(path);
        if (file.Length > 0 && FileKind.Of(file) is { IsParquet: false } kind) throw OptionMessage.InvalidData($"{path}: {kind.Instead("Parquet file")}");
        try
        {
            // Every read of the stream is done when it returns, so nothing is waited for.
            return ReadAsync(new SynchronousStream(file), origin).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not (InvalidDataException or OutOfMemoryException) || !error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            // Whatever a damaged file makes the reader throw.
            throw new InvalidDataException($"{path}: a Parquet file that cannot be read, damaged or cut off: {Brief(error)}", error);
        }
    }

    private static async Task<Table> ReadAsync(Stream file, TableOrigin origin)
    {
        new ParquetPages(file, origin).CheckEnd();
        var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var notes = new List<OptionMessage>();
            var fields = new List<DataField>();
            foreach (var field in reader.Schema.Fields)
            {
                var held = field is DataField { IsArray: false } ? "bytes" : "lists or structures";
                if (field is DataField data && ParquetColumn.Of(data) is not null) fields.Add(data);
                else notes.Add($"column {Cell.Show(field.Name)}: left out: it holds {held}");
            }

            if (fields.Count == 0) throw new InvalidDataException($"{origin}: none of its columns holds numbers, texts or dates.");
            ParquetLimits.Check(file, reader, fields, origin);
            var columns = new List<CellColumn>();
            foreach (var field in fields) columns.Add(await ReadColumnAsync(reader, field, origin).ConfigureAwait(false));
            var rows = reader.RowGroups.Sum(static group => group.RowCount);
            return new Table(origin, columns, checked((int)rows), places: null) { Notes = notes };
        }
    }

    private static async Task<CellColumn> ReadColumnAsync(ParquetReader reader, DataField field, TableOrigin origin)
    {
        var column = new CellColumn(field.Name.Trim());
        var read = ParquetColumn.Of(field)!;
        var first = 0;
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            using var group = reader.OpenRowGroupReader(index);
            var rows = checked((int)group.RowCount);
            try
            {
                await read(group, field, rows, (row, cell) => column.Add(first + row, cell)).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                throw new InvalidDataException(
                    $"{origin}: rows {first + 1} to {first + rows}, column {Cell.Show(field.Name)}: they cannot be read, " +
                    $"damaged or cut off: {Brief(error)}", error);
            }

            first += rows;
        }

        return column;
    }

    private static string Brief(Exception error) => PlainText.Of(Cell.Show(error.Message.ReplaceLineEndings(" ")));
}
