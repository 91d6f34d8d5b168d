using System.Data.Common;
using Gradus.Data;
using Gradus.Training;
using Microsoft.Data.Sqlite;

namespace Gradus.Cli;

/// <summary>Reads tables whose formats need packages of their own.</summary>
internal static class TableReaders
{
    private const int Shown = 20;

    /// <summary>What reads tables of a kind; null for those that the library reads.</summary>
    public static Func<DataSource, Table>? Of(DataKind kind) => kind switch
    {
        DataKind.Parquet => static source => ParquetTable.Read(source.Path!),
        DataKind.Sqlite => static source => ReadSqlite(source.Path!, source.Query),
        _ => null,
    };

    private static Table ReadSqlite(string path, string? query)
    {
        using (var file = InputFile.Open(path))
        {
            if (file.Length > 0 && FileKind.Of(file) is { IsSqlite: false } kind) throw OptionMessage.InvalidData($"{path}: {kind.Instead("SQLite database")}");
        }

        var settings = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        using var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = query ?? $"SELECT * FROM \"{OnlyTable(connection, path).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            using var rows = command.ExecuteReader();
            return Table.Read(rows, path);
        }
        catch (DbException error)
        {
            throw new InvalidDataException($"{path}: {PlainText.Of(error.Message.ReplaceLineEndings(" "))}", error);
        }
    }

    private static string OnlyTable(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read() && names.Count <= Shown) names.Add(rows.GetString(0));
        if (names is [var only]) return only;
        throw new InvalidDataException(names.Count == 0 ? $"{path}: the database has no table."
            : $"{path}: the database has several tables: {PlainText.QuoteAll(names)}. Say which with --query 'SELECT * FROM …'.");
    }
}
