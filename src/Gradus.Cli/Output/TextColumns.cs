using System.Text;

namespace Gradus.Cli.Output;

/// <summary>Rows of cells as lines of aligned columns, as wide as what is in them: a pipe gets the same lines as a terminal.</summary>
/// <param name="headings">What stands above the columns. One that begins with a space is of numbers, which end where it ends.</param>
internal sealed class TextColumns(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row, of as many cells as there are headings.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(static cell => PlainText.Of(cell))]);

    /// <summary>The lines: the headings, and the rows below.</summary>
    public IEnumerable<string> Lines()
    {
        string[][] all = [[.. headings.Select(static heading => heading.TrimStart())], .. _rows];
        int[] widths = [.. headings.Select((_, column) => all.Max(row => row[column].Length))];
        foreach (var row in all)
        {
            var line = new StringBuilder();
            for (var column = 0; column < headings.Length; column++)
            {
                if (column > 0) line.Append("  ");
                line.Append(headings[column].StartsWith(' ') ? row[column].PadLeft(widths[column]) : row[column].PadRight(widths[column]));
            }

            yield return line.ToString().TrimEnd();
        }
    }
}
