using System.Text;
using Microsoft.ML.Tokenizers;

namespace Gradus.Text;

/// <summary>WordPiece as BERT has it: words, cut at spaces and punctuation, of which the longest beginnings that are tokens are taken off one after another.</summary>
internal sealed class BertWordPieceTokenizer : Tokenizer
{
    /// <summary>What stands before a piece that goes on with a word.</summary>
    public const string Continuation = "##";

    private readonly BertTokenizer _bert;

    private BertWordPieceTokenizer(TokenTable table, SpecialFrame frame, BertTokenizer bert, WordPieceRules rules) : base(table, frame) =>
        (_bert, Table, Rules) = (bert, table, rules);

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

        // The library wants all five; those that a vocabulary lacks are never made here, since Encode puts the frame around by itself.
        string Known(string token) => table.Tokens.Contains(token) ? token : rules.Unknown;
        var options = new BertOptions
        {
            UnknownToken = rules.Unknown,
            ClassificationToken = Known("[CLS]"),
            SeparatorToken = Known("[SEP]"),
            PaddingToken = Known("[PAD]"),
            MaskingToken = Known("[MASK]"),
            LowerCaseBeforeTokenization = rules.LowerCase,
            RemoveNonSpacingMarks = rules.StripAccents,
            IndividuallyTokenizeCjk = rules.SplitChinese,
            MaxInputCharsPerWord = rules.LongestWord,
            SpecialTokens = table.Special,
        };
        try
        {
            return new BertWordPieceTokenizer(table, frame, BertTokenizer.Create(new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString())), options), rules);
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

    private protected override IReadOnlyList<int> EncodeText(string text) => _bert.EncodeToIds(text, addSpecialTokens: false);

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
