using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Gradus.Text;

/// <summary>
/// WordPiece as BERT has it: words, cut at spaces and punctuation, of which the longest beginnings that are tokens are taken off one after another.
/// </summary>
internal sealed class BertWordPieceTokenizer : Tokenizer
{
    /// <summary>What stands before a piece that goes on with a word.</summary>
    public const string Continuation = "##";

    private readonly WordPieceTokenizer _pieces;
    private readonly Regex? _special;

    private BertWordPieceTokenizer(TokenTable table, SpecialFrame frame, WordPieceTokenizer pieces, WordPieceRules rules) : base(table, frame) =>
        (_pieces, _special, Table, Rules) = (pieces, PatternOf(table.Special.Keys), table, rules);

    public TokenTable Table { get; }

    public WordPieceRules Rules { get; }

    /// <summary>The tokens around a text.</summary>
    public new SpecialFrame Frame => base.Frame;

    /// <exception cref="InvalidDataException">A token cannot be, or one that every such tokenizer has is missing.</exception>
    public static BertWordPieceTokenizer Create(TokenTable table, SpecialFrame frame, WordPieceRules rules, string file)
    {
        if (!table.Vocabulary.ContainsKey(rules.Unknown))
        {
            throw new InvalidDataException($"{file}: there is no token '{PlainText.Quote(rules.Unknown)}', which stands for what is unknown.");
        }

        var lines = new StringBuilder();
        foreach (var token in table.Tokens)
        {
            if (token.Length == 0 || token.AsSpan().IndexOfAny('\n', '\r') >= 0)
            {
                throw new InvalidDataException($"{file}: '{PlainText.Quote(token)}' is no token of WordPiece: it is empty or has several lines.");
            }

            lines.Append(token).Append('\n');
        }

        // Normalizer and words are ours: the library's drop signs that are no punctuation to Unicode, such as $ and <.
        var options = new WordPieceOptions
        {
            UnknownToken = rules.Unknown,
            ContinuingSubwordPrefix = Continuation,
            MaxInputCharsPerWord = rules.LongestWord,
            Normalizer = new BertNormalizer(rules),
            PreTokenizer = new BertWords(),
        };
        try
        {
            var pieces = WordPieceTokenizer.Create(new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString())), options);
            return new BertWordPieceTokenizer(table, frame, pieces, rules);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidDataException or InvalidOperationException)
        {
            throw new InvalidDataException($"{file}: {exception.Message}", exception);
        }
    }

    public override IEnumerable<string> DecodeEach(IEnumerable<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return Decoded(tokens);
    }

    public override string ToJson() => TokenizerJsonWriter.Of(this);

    private protected override IReadOnlyList<int> EncodeText(string text)
    {
        if (_special is null) return _pieces.EncodeToIds(text);
        var tokens = new List<int>();
        var start = 0;
        foreach (var match in _special.EnumerateMatches(text))
        {
            tokens.AddRange(_pieces.EncodeToIds(text[start..match.Index]));
            tokens.Add(Table.Special[text.Substring(match.Index, match.Length)]);
            start = match.Index + match.Length;
        }

        tokens.AddRange(_pieces.EncodeToIds(text[start..]));
        return tokens;
    }

    /// <summary>What finds special tokens, the longest where several begin; null where there are none.</summary>
    private static Regex? PatternOf(IEnumerable<string> special)
    {
        string[] words = [.. special.OrderByDescending(static token => token.Length).Select(Regex.Escape)];
        return words.Length == 0 ? null : new Regex(string.Join('|', words), RegexOptions.CultureInvariant);
    }

    private IEnumerable<string> Decoded(IEnumerable<int> tokens)
    {
        var isFirst = true;
        foreach (var number in tokens)
        {
            var token = Tokens[Check(number)];
            yield return isFirst ? token : token.StartsWith(Continuation, StringComparison.Ordinal) ? token[Continuation.Length..] : " " + token;
            isFirst = false;
        }
    }
}
