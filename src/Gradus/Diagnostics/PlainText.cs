using System.Globalization;
using System.Text;

namespace Gradus;

/// <summary>
/// Texts from outside, made fit to be shown: a name in a file must not move a cursor, turn the reading direction, break a document or fill a screen.
/// </summary>
internal static class PlainText
{
    // Long enough for any name that a person gave.
    private const int LongestQuote = 120;

    /// <summary>
    /// The text on one line. Replaced are control characters, line separators, marks that turn the reading direction, and what is no character at all (half a
    /// surrogate pair, U+FFFE, U+FFFF).
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="replacement">What stands in their place.</param>
    public static string Of(string text, char replacement = '·')
    {
        var at = IndexOfUnfit(text, 0);
        if (at < 0) return text;
        var plain = new StringBuilder(text);
        for (; at >= 0; at = IndexOfUnfit(text, at + 1)) plain[at] = replacement;
        return plain.ToString();
    }

    /// <summary>As <see cref="Of"/>, but on its own lines.</summary>
    public static string OfLines(string text) => text.Contains('\n') ? string.Join('\n', text.Split('\n').Select(static line => Of(line))) : Of(text);

    /// <summary>JSON in which the same characters are escaped: what is read from it is what was written, and a terminal shows it as it is.</summary>
    public static string OfJson(string json)
    {
        var at = IndexOfUnfit(json, 0);
        if (at < 0) return json;
        var plain = new StringBuilder();
        var from = 0;
        for (; at >= 0; at = IndexOfUnfit(json, from))
        {
            plain.Append(json, from, at - from).Append(CultureInfo.InvariantCulture, $"\\u{(int)json[at]:x4}");
            from = at + 1;
        }

        return plain.Append(json, from, json.Length - from).ToString();
    }

    /// <summary>As <see cref="Of"/>, and cut where it is long: for what a message quotes.</summary>
    public static string Quote(string text)
    {
        if (text.Length <= LongestQuote) return Of(text);
        // Not within a pair of surrogates.
        var length = char.IsHighSurrogate(text[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        return string.Create(CultureInfo.InvariantCulture, $"{Of(text[..length])}… ({text.Length} characters)");
    }

    /// <summary>Some of the words, separated by commas, each as <see cref="Quote"/> gives it, and how many there are if they are many.</summary>
    public static string QuoteAll(IEnumerable<string> words, int most = 20)
    {
        string[] all = [.. words];
        var shown = string.Join(", ", all.Take(most).Select(Quote));
        return all.Length <= most ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown}, … ({all.Length} in all)");
    }

    /// <inheritdoc cref="QuoteAll(IEnumerable{string}, int)"/>
    public static string QuoteAll(IEnumerable<int> numbers, int most = 20) =>
        QuoteAll(numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)), most);

    private static int IndexOfUnfit(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            var character = text[at];
            if (character is >= ' ' and <= '~') continue;
            if (char.IsHighSurrogate(character) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) at++;
            else if (IsUnfit(character)) return at;
        }

        return -1;
    }

    private static bool IsUnfit(char character) =>
        char.IsControl(character) || char.IsSurrogate(character) || IsDirection(character) || character is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF';

    // The marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX #9).
    private static bool IsDirection(char character) =>
        character is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
