using System.Globalization;
using System.Text;

namespace Gradus.Text;

/// <summary>The kinds of characters that BERT knows.</summary>
internal static class BertCharacters
{
    public static bool IsSpace(Rune rune) => rune.Value is '\t' or '\n' or '\r' || Rune.IsWhiteSpace(rune);

    /// <summary>Controls, invisible signs of format, and what has no meaning of its own; tab and line ends are none.</summary>
    public static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r')
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;

    /// <summary>All signs of ASCII, such as $ and ^ too, and what Unicode calls punctuation.</summary>
    public static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) is false && rune.Value is > ' ' and < 0x7F : Rune.IsPunctuation(rune);

    /// <summary>Ideographs that China, Japan and Korea share.</summary>
    public static bool IsChinese(Rune rune) => rune.Value
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
