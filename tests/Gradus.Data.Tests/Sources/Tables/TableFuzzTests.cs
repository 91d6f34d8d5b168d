using System.Diagnostics;
using System.Text;
using Gradus.Testing;
using Parquet;

namespace Gradus.Data.Tests;

/// <summary>Tables from files, damaged thousands of times: each is read, or refused in one line that names the file.</summary>
public sealed class TableFuzzTests : IDisposable
{
    private static readonly byte[][] Numbers =
        [[0, 0, 0, 0], [255, 255, 255, 255], [255, 255, 255, 127], [0, 0, 0, 128], [255, 255, 255, 255, 255, 255, 255, 127], [128, 128, 128, 128, 8]];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_lines()
    {
        // given
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(static row =>
            $"{{\"a\":{row * 37 % 101}.5,\"größe\":\"x{row % 3}\",\"when\":\"2020-01-{1 + row % 28:00}\",\"y\":{(row % 2 == 0 ? "true" : "false")}}}\n")));
        byte[][] words =
        [
            .. Numbers, .. new[] { "{", "}", "[", "]", "\"", ",", ":", "null", "-1", "1e999", "9223372036854775808",
                "\\ud800", "\n", "{\"b\":1}\n", "{\"c\":[", "\0" }
                .Select(Encoding.UTF8.GetBytes),
        ];

        // when
        var (refused, read) = Fuzz.Run([lines, TempFolder.Zip(lines)], words, 2000, bytes => Reads("rows.jsonl", bytes, Table.ReadJsonLines));

        // then
        Assert.InRange(refused, 500, int.MaxValue);
        Assert.InRange(read, 50, int.MaxValue);
    }

    [Fact]
    public void Parquet_files()
    {
        // given
        byte[][] files =
        [
            .. new[] { CompressionMethod.None, CompressionMethod.Snappy, CompressionMethod.Gzip, CompressionMethod.Zstd }
                .Select(static method => ParquetBytes.Of(TableTests.AllHouses, groups: 2, method)),
        ];
        byte[][] words = [.. Numbers, .. new[] { "PAR1", "\0", "\x15\x02", "\x19\x1C", "area" }.Select(Encoding.Latin1.GetBytes)];

        // when
        var (refused, read) = Fuzz.Run(files, words, 2000, bytes => Reads("rows.parquet", bytes, ParquetTable.Read));

        // then
        Assert.InRange(refused, 500, int.MaxValue);
        Assert.InRange(read, 50, int.MaxValue);
    }

    private bool Reads(string name, byte[] bytes, Func<string, Table> read)
    {
        var path = _folder.Write(name, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var isRead = false;
        try
        {
            var table = read(path);
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
}
