using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gradus.Data;
using Gradus.Testing;
using Gradus.Training;
using Microsoft.Data.Sqlite;

namespace Gradus.Cli.Tests;

/// <summary>Databases, damaged a thousand times: each is read, or refused in one line that names the file.</summary>
public sealed class SqliteFuzzTests
{
    [Fact]
    public void Damaged_databases()
    {
        // given
        using var work = new Workplace();
        var good = Database(work["good.db"]);
        byte[][] words =
        [
            [0, 0, 0, 0], [255, 255, 255, 255], [127, 255, 255, 255], [129, 128, 128, 128, 0], [13, 0, 0, 0], [5, 0, 0, 0],
            .. new[] { "CREATE TABLE", "CREATE VIEW houses AS SELECT", "SQLite format 3", "houses", "\0", "VIRTUAL" }.Select(Encoding.UTF8.GetBytes),
        ];

        // when
        var (refused, read) = Fuzz.Run([good], words, 1000, bytes => Reads(work, bytes));

        // then
        Assert.InRange(refused, 100, 1000);
        Assert.InRange(read, 10, 1000);
    }

    private static bool Reads(Workplace work, byte[] bytes)
    {
        var path = work[work.Write("rows.db", bytes)];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var isRead = false;
        try
        {
            var table = TableReaders.Of(DataKind.Sqlite)!(new DataSource(DataKind.Sqlite, path));
            isRead = true;
            table.Split(new TableOptions { ValidationShare = 0, TestShare = 0 });
        }
        catch (InvalidDataException error)
        {
            Assert.StartsWith(path, error.Message);
            Assert.DoesNotContain('\n', error.Message);
        }

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (64L << 20) + (10L * bytes.Length));
        return isRead;
    }

    private static byte[] Database(string path)
    {
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA page_size = 512; CREATE TABLE houses (area REAL, city TEXT, y INTEGER);" + string.Concat(Enumerable.Range(0, 60)
                .Select(static row => string.Create(
                    CultureInfo.InvariantCulture, $"INSERT INTO houses VALUES ({row * 37 % 101}.5, 'city {row % 3}', {row % 2});")));
            command.ExecuteNonQuery();
        }

        return File.ReadAllBytes(path);
    }
}
