using System.Globalization;
using Microsoft.Data.Sqlite;
using Parquet;
using Parquet.Schema;

namespace Gradus.Cli.Tests;

/// <summary>Tables that are no CSV files: trained, evaluated and predicted on as those are.</summary>
public sealed class TableSourcesTests
{
    private const int Rows = 120;

    private static readonly (double? A, double B, string Color, string Y)[] Table =
    [
        .. Enumerable.Range(0, Rows).Select(static row =>
        {
            double a = row * 37 % 101 / 101.0, b = row * 53 % 97 / 97.0;
            return (row % 10 == 3 ? (double?)null : a, b, row % 3 == 0 ? "red" : "blue", a + b > 1 ? "yes" : "no");
        }),
    ];

    [Theory]
    [InlineData("jsonl:rows.jsonl", "line", 1)]
    [InlineData("parquet:rows.parquet", "row", 1)]
    [InlineData("sqlite:rows.db", "row", 1, "--query", "SELECT a, b, color, y FROM samples ORDER BY number")]
    public void Any_table_is_trained_evaluated_and_predicted_on_as_a_CSV_file_of_the_same_rows(string source, string unit, int first, params string[] query)
    {
        // given
        using var work = new Workplace();
        Write(work);
        string[] train = ["--target", "y", "--epochs", "3", "--seed", "2", "--json"];
        var expected = work.Run(["train", "csv:rows.csv", .. train, "--out", "csv"]).Done().LastJson;
        var rows = work.Run("predict", "csv/model.safetensors", "csv:rows.csv", "--json").Done().Lines;

        // when
        var trained = work.Run(["train", source, .. query, .. train, "--out", "o"]).Done().LastJson;
        var evaluated = work.Run(["evaluate", "o/model.safetensors", source, .. query, "--json"]).Done().LastJson;
        var predicted = work.Run(["predict", "o/model.safetensors", source, .. query, "--json"]).Done().Lines;
        var attributed = work.Run(["attribute", "o/model.safetensors", source, .. query, "--sample", "7", "--method", "gradient", "--json"]).Done().LastJson;
        work.Run(["doctor", "o/model.safetensors", "--data", source, .. query]).Done();
        work.Run(["graph", "o/model.safetensors", "--data", source, .. query, "--sample", "7", "--json"]).Done();

        // then
        Assert.Equal(expected.GetProperty("test_loss").GetDouble(), trained.GetProperty("test_loss").GetDouble());
        Assert.Equal(expected.GetProperty("test_loss").GetDouble(), evaluated.GetProperty("loss").GetDouble());
        Assert.Equal(rows.Select((line, row) => line.Replace($"\"line\":{row + 2}", $"\"{unit}\":{row + first}", StringComparison.Ordinal)), predicted);
        Assert.Equal(7, attributed.GetProperty(unit).GetInt32());
        // A model of one kind of table takes another.
        Assert.Equal(rows, work.Run("predict", "o/model.safetensors", "csv:rows.csv", "--json").Done().Lines);
    }

    [Fact]
    public void The_only_table_of_a_database_needs_no_query()
    {
        // given
        using var work = new Workplace();
        Write(work);

        // then
        work.Run("train", "sqlite:rows.db", "--target", "y", "--ignore", "number", "--steps", "2", "--out", "o").Done();
        work.Run("train", "sqlite:rows.db", "--query", "SELECT a, b FROM nowhere", "--out", "p")
            .Failed(1, "rows.db: SQLite Error 1: 'no such table: nowhere'.");
        work.Run("train", "csv:rows.csv", "--query", "SELECT 1", "--out", "p").Failed(2, "--query is for sqlite:FILE only.");
        work.Run("train", "jsonl:rows.jsonl", "--delimiter", "tab", "--out", "p").Failed(2, "--delimiter is for csv:FILE only.");
        work.Run("train", "sqlite:rows.jsonl", "--out", "p")
            .Failed(1, "rows.jsonl: this is a JSON file, no SQLite database. One with an object a line is read by jsonl:FILE.");
        work.Run("train", "parquet:rows.db", "--out", "p")
            .Failed(1, "rows.db: this is an SQLite database, no Parquet file. Query it: sqlite:FILE --query SQL.");
        work.Run("train", "csv:rows.parquet", "--out", "p").Failed(1, "rows.parquet: this is a Parquet file, no table. Read it as parquet:FILE.");
        using (var connection = Open(work["rows.db"]))
        {
            Execute(connection, "CREATE TABLE other (a REAL)");
        }

        work.Run("train", "sqlite:rows.db", "--out", "p")
            .Failed(1, "rows.db: the database has several tables: other, samples. Say which with --query 'SELECT * FROM …'.");
    }

    [Fact]
    public void An_audit_says_what_is_doubtful_before_training_begins()
    {
        // given
        using var work = new Workplace();
        work.Write("t.csv", "a,told,y\n" + string.Concat(Enumerable.Range(0, 100).Select(static row =>
            $"{row * 37 % 101},{row % 2},{(row % 2 == 0 ? "no" : "yes")}\n")));

        // when
        var text = work.Run("train", "csv:t.csv", "--audit", "--steps", "1", "--out", "o").Done();
        var json = work.Run("train", "csv:t.csv", "--audit", "--steps", "1", "--out", "p", "--json").Done().Json[0].GetProperty("audit")[0];

        // then
        Assert.Equal("audit: leak  \"told\"  by itself it tells the class of 20 of 20 rows: is it known before the target is?", text.Lines[1]);
        Assert.Equal(("leak", "told"), (json.GetProperty("kind").GetString(), json.GetProperty("column").GetString()));
    }

    private static void Write(Workplace work)
    {
        string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
        work.Write("rows.csv", "a,b,color,y\n" + string.Concat(Table.Select(row =>
            $"{(row.A is { } a ? Text(a) : "")},{Text(row.B)},{row.Color},{row.Y}\n")));
        work.Write("rows.jsonl", string.Concat(Table.Select(row =>
            $"{{{(row.A is { } a ? $"\"a\":{Text(a)}" : "\"a\":null")},\"b\":{Text(row.B)},\"color\":\"{row.Color}\",\"y\":\"{row.Y}\"}}\n")));
        work.Write("rows.parquet", Parquet());
        using var connection = Open(work["rows.db"]);
        Execute(connection, "CREATE TABLE samples (number INTEGER PRIMARY KEY, a REAL, b REAL, color TEXT, y TEXT)");
        using var transaction = connection.BeginTransaction();
        for (var row = 0; row < Rows; row++)
        {
            var (a, b, color, y) = Table[row];
            Execute(connection, $"INSERT INTO samples VALUES ({row}, {(a is { } number ? Text(number) : "NULL")}, {Text(b)}, '{color}', '{y}')", transaction);
        }

        transaction.Commit();
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static byte[] Parquet()
    {
        var a = new DataField<double?>("a");
        var b = new DataField<double>("b");
        DataField<string> color = new("color"), y = new("y");
        using var stream = new MemoryStream();
        Task.Run(async () =>
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(a, b, color, y), stream);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(a, Table.Select(static row => row.A).ToArray());
            await group.WriteAsync<double>(b, Table.Select(static row => row.B).ToArray());
            await group.WriteAsync(color, Table.Select(static row => row.Color).ToArray());
            await group.WriteAsync(y, Table.Select(static row => row.Y).ToArray());
        }).GetAwaiter().GetResult();
        return stream.ToArray();
    }
}
