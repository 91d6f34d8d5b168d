using System.Data.Common;

namespace Gradus.Data;

// Any database that .NET reads.
public sealed partial class Table
{
    /// <summary>
    /// Reads the rest of a query's result: <c>Table.Read(command.ExecuteReader(), "houses")</c>. Numbers are taken as numbers, dates as dates, null as
    /// missing. The reader stays open.
    /// </summary>
    /// <param name="reader">The result of the query, before its first row.</param>
    /// <param name="name">The name of the table in messages. Default: "query".</param>
    /// <exception cref="InvalidDataException">A cell is neither number, text, truth value nor date, or the database failed to give it.</exception>
    public static Table Read(DbDataReader reader, string name = "query")
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(name);
        var origin = new TableOrigin(name, "row");
        var cells = new CellStore(origin);
        for (var column = 0; column < reader.FieldCount; column++) cells.AddColumn(reader.GetName(column).Trim());
        while (Next(reader, origin, cells.Rows))
        {
            for (var column = 0; column < reader.FieldCount; column++) cells.Set(column, CellOf(reader, column, origin, cells.Rows + 1));
            cells.EndRow();
        }

        return cells.ToTable();
    }

    private static bool Next(DbDataReader reader, TableOrigin origin, int rows)
    {
        try
        {
            return reader.Read();
        }
        catch (DbException error)
        {
            throw new InvalidDataException($"{origin}: after row {rows}: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private static TableValue CellOf(DbDataReader reader, int column, TableOrigin origin, int row)
    {
        object value;
        try
        {
            value = reader.GetValue(column);
        }
        catch (Exception error) when (error is DbException or InvalidCastException or FormatException or OverflowException)
        {
            throw new InvalidDataException(
                $"{origin.At(row)}: column {Cell.Show(reader.GetName(column))}: {error.Message.ReplaceLineEndings(" ")}", error);
        }

        if (TableValue.TryFrom(value, out var cell)) return cell;
        throw new InvalidDataException($"{origin.At(row)}: column {Cell.Show(reader.GetName(column))}: got a value of type {value.GetType().Name}, " +
            "expected a number, a text, a truth value, a date or null. Leave the column out of the query.");
    }
}
