using Gradus.Data;

namespace Gradus.Cli.Commands;

/// <summary>What <c>--column</c> says of a column: its kind, or the order of its texts.</summary>
internal sealed record ToldColumn(string Name, ColumnKind? Kind, string[] Order)
{
    private const string Ordered = "=ordered:";

    /// <summary>The kinds that are told; of several words about one column the last counts.</summary>
    public static Dictionary<string, ColumnKind> ReadKinds(string[] words) =>
        Last(words).Where(static told => told.Kind is not null).ToDictionary(static told => told.Name, static told => told.Kind!.Value, StringComparer.Ordinal);

    /// <summary>The orders that are told.</summary>
    public static Dictionary<string, IReadOnlyList<string>> ReadOrders(string[] words) =>
        Last(words).Where(static told => told.Kind is null)
            .ToDictionary(static told => told.Name, static IReadOnlyList<string> (told) => told.Order, StringComparer.Ordinal);

    /// <summary>An order as the option takes it.</summary>
    public static string WordOf(string name, IReadOnlyList<string> order) => $"{name}{Ordered}{string.Join('<', order)}";

    private static IEnumerable<ToldColumn> Last(string[] words) =>
        words.Select(Read).GroupBy(static told => told.Name, StringComparer.Ordinal).Select(static told => told.Last());

    private static ToldColumn Read(string word)
    {
        if (word.IndexOf(Ordered, StringComparison.Ordinal) is > 0 and var start)
        {
            return new ToldColumn(word[..start], null, word[(start + Ordered.Length)..].Split('<', StringSplitOptions.TrimEntries));
        }

        var at = word.LastIndexOf('=');
        var kind = word[(at + 1)..] switch { "number" => ColumnKind.Number, "text" => ColumnKind.Text, "date" => ColumnKind.Date, _ => (ColumnKind?)null };
        if (at > 0 && kind is not null) return new ToldColumn(word[..at], kind, []);
        throw new UsageException(
            $"--column: '{PlainText.Quote(word)}' is not COLUMN=number, COLUMN=text, COLUMN=date, or an order of texts such as 'size=ordered:S<M<L'.");
    }
}
