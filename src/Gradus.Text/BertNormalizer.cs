using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace Gradus.Text;

/// <summary>
/// What BERT does with a text before it is cut into words: control characters go, spaces of all kinds become one kind, Chinese characters are put between
/// spaces; and, where its rules say so, accents are taken off and letters made small.
/// </summary>
internal sealed class BertNormalizer(WordPieceRules rules) : Normalizer
{
    private const int Unreadable = 0xFFFD;

    public override string Normalize(string original)
    {
        var text = new StringBuilder(original.Length);
        foreach (var rune in original.EnumerateRunes())
        {
            if (rune.Value == Unreadable || BertCharacters.IsControl(rune)) continue;
            if (BertCharacters.IsSpace(rune)) text.Append(' ');
            else if (rules.SplitChinese && BertCharacters.IsChinese(rune)) text.Append(' ').Append(rune).Append(' ');
            else text.Append(rune);
        }

        var plain = text.ToString();
        if (rules.StripAccents) plain = WithoutAccents(plain);
        return rules.LowerCase ? plain.ToLowerInvariant() : plain;
    }

    public override string Normalize(ReadOnlySpan<char> original) => Normalize(original.ToString());

    private static string WithoutAccents(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var letters = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark) letters.Append(rune);
        }

        return letters.ToString();
    }
}
