using System.Globalization;
using System.Text;

namespace Gradus.Data;

/// <summary>Cuts a sentence into words: in the same way in every culture, for every script.</summary>
/// <remarks>
/// A word is a run of letters, digits and the marks on them, in lower case by the invariant culture. An apostrophe between two of its letters belongs to it:
/// <c>don't</c>. Every punctuation mark and every symbol is a word of its own. Of scripts that put no spaces between words (Chinese, Japanese, Thai, Lao,
/// Khmer, Burmese) each letter is one. Invisible characters of format are passed over. Nothing is normalized, since the tables for that differ from platform
/// to platform: an é of one character and one of two are different letters.
/// </remarks>
public static class WordTokenizer
{
    private const int ZeroWidthSpace = 0x200B;

    /// <summary>The words of a sentence, in their order; none of an empty one.</summary>
    public static IReadOnlyList<string> Split(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        var run = new Run();
        foreach (var rune in sentence.EnumerateRunes()) run.Add(rune);
        run.End();
        return run.Words;
    }

    // In ranges of Unicode's blocks.
    private static bool IsWithoutSpaces(Rune letter) => letter.Value switch
    {
        < 0x0E00 => false,
        <= 0x0EFF => true, // Thai, Lao
        >= 0x1000 and <= 0x109F => true, // Burmese
        >= 0x1780 and <= 0x17FF => true, // Khmer
        >= 0x3005 and <= 0x3007 => true, // 々 〆 〇
        >= 0x3040 and <= 0x30FF => true, // Hiragana, Katakana
        >= 0x31F0 and <= 0x31FF => true,
        >= 0x3400 and <= 0x4DBF => true, // Han
        >= 0x4E00 and <= 0x9FFF => true,
        >= 0xF900 and <= 0xFAFF => true,
        >= 0xFF66 and <= 0xFF9F => true, // Katakana of half width
        >= 0x20000 and <= 0x3FFFF => true,
        _ => false,
    };

    /// <summary>What has been read so far.</summary>
    private sealed class Run
    {
        private readonly StringBuilder _word = new();

        // Whether the word takes marks only: a letter of a script without spaces.
        private bool _isComplete;

        // An apostrophe that belongs to the word if a letter follows.
        private bool _hasApostrophe;

        public List<string> Words { get; } = [];

        public void Add(Rune rune)
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                    // One that stands on no letter says nothing.
                    if (_word.Length > 0 && !_hasApostrophe) _word.Append(rune.ToString());
                    break;
                case UnicodeCategory.Format when rune.Value != ZeroWidthSpace:
                    break;
                case UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.SpaceSeparator
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    End();
                    break;
                case <= UnicodeCategory.OtherLetter or (>= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber):
                    Letter(rune);
                    break;
                case var _ when rune.Value is '\'' or '’' && _word.Length > 0 && !_isComplete && !_hasApostrophe:
                    _hasApostrophe = true;
                    break;
                default:
                    End();
                    Words.Add(rune.Value == '’' ? "'" : rune.ToString());
                    break;
            }
        }

        /// <summary>Ends the word that is being read.</summary>
        public void End()
        {
            if (_word.Length > 0) Words.Add(_word.ToString());
            if (_hasApostrophe) Words.Add("'");
            _word.Clear();
            (_isComplete, _hasApostrophe) = (false, false);
        }

        private void Letter(Rune letter)
        {
            var isAlone = IsWithoutSpaces(letter);
            if (_isComplete || isAlone) End();
            if (_hasApostrophe) _word.Append('\'');
            _word.Append(Rune.ToLowerInvariant(letter).ToString());
            (_isComplete, _hasApostrophe) = (isAlone, false);
        }
    }
}
