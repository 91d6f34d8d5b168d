using System.Text;
using Microsoft.ML.Tokenizers;

namespace Gradus.Text;

/// <summary>
/// Byte-level BPE: the bytes of a text, of which the pairs are merged in the order of a list. Every text has tokens, and comes back from them.
/// </summary>
internal sealed class ByteLevelTokenizer : Tokenizer
{
    private readonly BpeTokenizer _bpe;
    private readonly byte[][] _bytes;

    private ByteLevelTokenizer(TokenTable table, SpecialFrame frame, BpeTokenizer bpe, byte[][] bytes, IReadOnlyList<(string Left, string Right)> merges)
        : base(table, frame) => (_bpe, _bytes, Table, Merges) = (bpe, bytes, table, merges);

    public TokenTable Table { get; }

    /// <summary>The pairs, in the order in which they are merged.</summary>
    public IReadOnlyList<(string Left, string Right)> Merges { get; }

    /// <summary>Whether a text that begins with no space is encoded as if it did.</summary>
    public bool AddsPrefixSpace { get; private init; }

    /// <summary>The tokens around a text.</summary>
    public new SpecialFrame Frame => base.Frame;

    /// <exception cref="InvalidDataException">Bytes are missing, a merge has no token, or a token is no text of bytes.</exception>
    public static ByteLevelTokenizer Create(
        TokenTable table, IReadOnlyList<(string Left, string Right)> merges, SpecialFrame frame, bool addsPrefixSpace, string file)
    {
        var bytes = BytesOf(table, file);
        for (var value = 0; value < 256; value++)
        {
            var letter = ByteAlphabet.LetterOf((byte)value);
            if (table.Vocabulary.ContainsKey(letter.ToString())) continue;
            throw new InvalidDataException(
                $"{file}: there is no token '{letter}' for the byte 0x{value:X2}; byte-level BPE has one for each of the 256 bytes.");
        }

        foreach (var (left, right) in merges)
        {
            if (table.Vocabulary.ContainsKey(left) && table.Vocabulary.ContainsKey(right) && table.Vocabulary.ContainsKey(left + right)) continue;
            throw new InvalidDataException(
                $"{file}: '{PlainText.Quote(left)}' and '{PlainText.Quote(right)}' are merged, but not both of them and what they give are tokens.");
        }

        var bpe = BpeTokenizer.Create(new BpeOptions(table.Vocabulary)
        {
            Merges = merges.Select(static merge => $"{merge.Left} {merge.Right}"),
            ByteLevel = true,
            PreTokenizer = new BoundedWords(WordPattern.Words, table.Special),
            SpecialTokens = table.Special,
        });
        return new ByteLevelTokenizer(table, frame, bpe, bytes, merges) { AddsPrefixSpace = addsPrefixSpace };
    }

    public override IEnumerable<string> DecodeEach(IEnumerable<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return Decoded(tokens);
    }

    public override string ToJson() => TokenizerJsonWriter.Of(this);

    private protected override IReadOnlyList<int> EncodeText(string text) => _bpe.EncodeToIds(AddsPrefixSpace && text is not [' ', ..] ? " " + text : text);

    private IEnumerable<string> Decoded(IEnumerable<int> tokens)
    {
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetDecoder();
        foreach (var token in tokens)
        {
            var bytes = _bytes[Check(token)];
            // What is left of the tokens before may add a character.
            var letters = new char[bytes.Length + 3];
            var count = decoder.GetChars(bytes, 0, bytes.Length, letters, 0, flush: false);
            yield return new string(letters, 0, count);
        }

        var rest = new char[4];
        if (decoder.GetChars([], 0, 0, rest, 0, flush: true) is > 0 and var last) yield return new string(rest, 0, last);
    }

    /// <summary>What each token stands for.</summary>
    private static byte[][] BytesOf(TokenTable table, string file)
    {
        var bytes = new byte[table.Tokens.Count][];
        for (var number = 0; number < bytes.Length; number++)
        {
            var token = table.Tokens[number];
            bytes[number] = table.IsSpecial(number)
                ? Encoding.UTF8.GetBytes(token)
                : ByteAlphabet.BytesOf(token) ?? throw new InvalidDataException(
                    $"{file}: token '{PlainText.Quote(token)}' is not written in the letters of byte-level BPE.");
        }

        return bytes;
    }
}
