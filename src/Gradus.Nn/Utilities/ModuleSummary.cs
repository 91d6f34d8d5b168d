using System.Globalization;
using System.Text;

namespace Gradus.Nn;

/// <summary>One module of a <see cref="ModuleSummary"/>.</summary>
/// <param name="Path">Its path; empty for the outermost.</param>
/// <param name="Depth">How many modules it is inside of.</param>
/// <param name="Text">Its name and settings.</param>
/// <param name="Output">The shapes of what it gave.</param>
/// <param name="Parameters">The numbers in its own parameters, without those of its parts.</param>
/// <param name="MultiplyAdds">The multiply-adds of its own products, without those of its parts.</param>
/// <param name="OutputBytes">The memory of what it gave.</param>
public sealed record SummaryRow(string Path, int Depth, string Text, IReadOnlyList<Shape> Output, long Parameters, long MultiplyAdds, long OutputBytes)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SummaryRow), PrintMembers);
}

/// <summary>What a module consists of and what one call of it took. Prints as a table.</summary>
/// <param name="Rows">The modules in the order in which they were called, each before its parts.</param>
/// <param name="Parameters">The numbers in all parameters, each once.</param>
/// <param name="Trainable">Those of them that are not frozen.</param>
/// <param name="MultiplyAdds">The multiply-adds of all matrix products, convolutions, attentions and recurrences.</param>
/// <param name="ParameterBytes">The memory of the parameters.</param>
/// <param name="OutputBytes">The memory of what the modules without parts gave.</param>
public sealed record ModuleSummary(IReadOnlyList<SummaryRow> Rows, long Parameters, long Trainable, long MultiplyAdds, long ParameterBytes, long OutputBytes)
{
    /// <summary>The table.</summary>
    public override string ToString()
    {
        string[][] cells =
        [
            ["layer", "output", "parameters", "multiply-adds"],
            .. Rows.Select(static row => (string[])
                [new string(' ', 2 * row.Depth) + row.Text, string.Join(' ', row.Output), Number(row.Parameters), Number(row.MultiplyAdds)]),
        ];
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => cells.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (var row in cells)
        {
            text.Append(row[0].PadRight(widths[0])).Append("  ").Append(row[1].PadRight(widths[1])).Append("  ")
                .Append(row[2].PadLeft(widths[2])).Append("  ").Append(row[3].PadLeft(widths[3])).Append('\n');
        }

        return text.Append(
            CultureInfo.InvariantCulture,
            $"{Parameters:N0} parameters, {Trainable:N0} trainable, {Bytes(ParameterBytes)}; " +
            $"{MultiplyAdds:N0} multiply-adds; outputs {Bytes(OutputBytes)}").ToString();
    }

    private static string Number(long count) => count == 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
    };
}
