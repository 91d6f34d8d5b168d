using System.Buffers;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace Gradus.Text;

/// <summary>The words of a text as BERT has them: between spaces, and each sign of punctuation by itself.</summary>
internal sealed class BertWords : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => Cut(text);

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => Cut(text);

    private static List<(int Offset, int Length)> Cut(ReadOnlySpan<char> text)
    {
        var words = new List<(int, int)>();
        int start = 0, at = 0;
        while (at < text.Length)
        {
            var length = Rune.DecodeFromUtf16(text[at..], out var rune, out var taken) == OperationStatus.Done ? taken : 1;
            var isPunctuation = BertCharacters.IsPunctuation(rune);
            if (isPunctuation || BertCharacters.IsSpace(rune))
            {
                if (at > start) words.Add((start, at - start));
                if (isPunctuation) words.Add((at, length));
                start = at + length;
            }

            at += length;
        }

        if (at > start) words.Add((start, at - start));
        return words;
    }
}
