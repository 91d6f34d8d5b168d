using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Gradus.Text;

/// <summary>
/// Words by a pattern, the longest of them cut: the time that a word takes grows with the square of its length, and a file may be one word.
/// </summary>
internal sealed class BoundedWords(Regex pattern, IReadOnlyDictionary<string, int> special) : PreTokenizer
{
    /// <summary>The most letters of a word.</summary>
    public const int Longest = 1 << 14;

    private readonly RegexPreTokenizer _words = new(pattern, special);

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => Cut(text, _words.PreTokenize(text));

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());

    private static IEnumerable<(int Offset, int Length)> Cut(string text, IEnumerable<(int Offset, int Length)> words)
    {
        foreach (var (offset, length) in words)
        {
            var (start, end) = (offset, offset + length);
            while (end - start > Longest)
            {
                // Not within a pair of surrogates.
                var part = char.IsHighSurrogate(text[start + Longest - 1]) ? Longest - 1 : Longest;
                yield return (start, part);
                start += part;
            }

            yield return (start, end - start);
        }
    }
}
