using System.Globalization;
using Gradus.Formats;

namespace Gradus.Cli.Output;

/// <summary>A table as a CSV file (RFC 4180): numbers with all their digits, nothing for those that are not finite.</summary>
internal static class CsvFile
{
    /// <exception cref="IOException">The file cannot be written; one that was there before is as it was.</exception>
    public static void Write(string path, IEnumerable<string> columns, IEnumerable<IEnumerable<object?>> rows) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: true);
        WriteRow(text, columns);
        foreach (var row in rows) WriteRow(text, row);
    });

    private static void WriteRow(StreamWriter text, IEnumerable<object?> cells)
    {
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst) text.Write(',');
            text.Write(Cell(cell));
            isFirst = false;
        }

        text.Write('\n');
    }

    private static string Cell(object? cell) => cell switch
    {
        null or double.NaN or double.PositiveInfinity or double.NegativeInfinity => "",
        string word => word.AsSpan().IndexOfAny(",\"\r\n") < 0 ? word : $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"csv: {cell.GetType().Name} is neither a word nor a number.", nameof(cell)),
    };
}
