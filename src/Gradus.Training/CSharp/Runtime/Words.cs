using System.Globalization;
using System.Text;

namespace Gradus.Exported;

/// <summary>Cuts a sentence into words, and numbers them: 0 stands for no word, 1 for an unknown one, the known ones follow.</summary>
internal static class Words
{
    private const int FirstWord = 2;
    private const int ZeroWidthSpace = 0x200B;

    /// <summary>The numbers of words that are told in their order.</summary>
    public static Dictionary<string, int> Numbers(string[] words)
    {
        var numbers = new Dictionary<string, int>(words.Length, StringComparer.Ordinal);
        foreach (var word in words) numbers.Add(word, numbers.Count + FirstWord);
        return numbers;
    }

    /// <summary>Writes the numbers of the first words of a sentence, and gives their count.</summary>
    public static int Encode(string sentence, Dictionary<string, int> numbers, Span<int> tokens)
    {
        var words = Split(sentence);
        var count = Math.Min(tokens.Length, words.Count);
        for (var place = 0; place < count; place++) tokens[place] = numbers.GetValueOrDefault(words[place], 1);
        return count;
    }

    /// <summary>
    /// The words: runs of letters, digits and their marks in lower case, with an apostrophe between two letters; each other sign by itself; each letter by
    /// itself where a script has no spaces.
    /// </summary>
    public static List<string> Split(string sentence)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        // Whether the word takes marks only, and whether an apostrophe waits for a letter.
        var (isComplete, hasApostrophe) = (false, false);
        foreach (var rune in sentence.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                    if (word.Length > 0 && !hasApostrophe) word.Append(rune.ToString());
                    break;
                case UnicodeCategory.Format when rune.Value != ZeroWidthSpace:
                    break;
                case UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.SpaceSeparator
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    End();
                    break;
                case <= UnicodeCategory.OtherLetter or (>= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber):
                    var isAlone = IsWithoutSpaces(rune.Value);
                    if (isComplete || isAlone) End();
                    if (hasApostrophe) word.Append('\'');
                    word.Append(Rune.ToLowerInvariant(rune).ToString());
                    (isComplete, hasApostrophe) = (isAlone, false);
                    break;
                case var _ when rune.Value is '\'' or '’' && word.Length > 0 && !isComplete && !hasApostrophe:
                    hasApostrophe = true;
                    break;
                default:
                    End();
                    words.Add(rune.Value == '’' ? "'" : rune.ToString());
                    break;
            }
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0) words.Add(word.ToString());
            if (hasApostrophe) words.Add("'");
            word.Clear();
            (isComplete, hasApostrophe) = (false, false);
        }
    }

    // Thai, Lao, Burmese, Khmer, kana and Han, in ranges of Unicode's blocks.
    private static bool IsWithoutSpaces(int letter) => letter switch
    {
        < 0x0E00 => false,
        <= 0x0EFF or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x30FF) => true,
        (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) => true,
        (>= 0xFF66 and <= 0xFF9F) or (>= 0x20000 and <= 0x3FFFF) => true,
        _ => false,
    };
}
