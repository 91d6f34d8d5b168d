using System.Globalization;
using System.Text;

namespace Gradus;

/// <summary>Texts from outside, made fit to be shown: a name in a file must not move a cursor, turn the reading direction, break a document or fill a screen.</summary>
internal static class PlainText
{
    private const char Replacement = '·';

    // Long enough for any name that a person gave.
    private const int LongestQuote = 120;

    /// <summary>The text on one line. Replaced are control characters, line separators, marks that turn the reading direction, and what is no character at all (half a surrogate pair, U+FFFE, U+FFFF).</summary>
    public static string Of(string text)
    {
        var at = IndexOfUnfit(text, 0);
        if (at < 0) return text;
        var plain = new StringBuilder(text);
        for (; at >= 0; at = IndexOfUnfit(text, at + 1)) plain[at] = Replacement;
        return plain.ToString();
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
    public static string QuoteAll(IReadOnlyCollection<string> words, int most = 20)
    {
        var shown = string.Join(", ", words.Take(most).Select(Quote));
        return words.Count <= most ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown}, … ({words.Count} in all)");
    }

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

    private static bool IsUnfit(char character) => char.IsControl(character) || char.IsSurrogate(character) || IsDirection(character) || character is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF';

    // The marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX #9).
    private static bool IsDirection(char character) => character is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
