using System.Text;
using Gradus.Formats;

namespace Gradus.Text;

/// <summary>
/// Cuts a text into tokens, numbered from 0, and puts their text together again: byte-level BPE, as GPT-2 has it, or WordPiece, as BERT has it.
/// </summary>
/// <remarks>
/// <see cref="Read"/> takes the files of Hugging Face, <see cref="BytePairTraining"/> learns a tokenizer from a text. The encoding itself is
/// Microsoft.ML.Tokenizers'. Safe to use from several threads.
/// </remarks>
public abstract class Tokenizer
{
    private readonly TokenTable _table;
    private readonly SpecialFrame _frame;

    private protected Tokenizer(TokenTable table, SpecialFrame frame) => (_table, _frame) = (table, frame);

    /// <summary>How many tokens there are.</summary>
    public int Count => _table.Tokens.Count;

    /// <summary>
    /// The tokens in the order of their numbers, as the file writes them: of byte-level BPE a space is <c>Ġ</c>, of WordPiece a word goes on with <c>##</c>.
    /// </summary>
    public IReadOnlyList<string> Tokens => _table.Tokens;

    /// <summary>
    /// The numbers of the tokens that stand for no text, such as <c>&lt;|endoftext|&gt;</c> or <c>[CLS]</c>. In a text they are recognized as a whole.
    /// </summary>
    public IReadOnlyDictionary<string, int> SpecialTokens => _table.Special;

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="path">
    /// A <c>tokenizer.json</c>; a <c>vocab.json</c> beside which <c>merges.txt</c> lies (GPT-2); a <c>vocab.txt</c> (BERT), where <c>tokenizer_config.json</c>
    /// beside it says whether letters are made small; or a folder that holds one of these, looked for in this order.
    /// </param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or describes a tokenizer of another kind.</exception>
    public static Tokenizer Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TokenizerFiles.Read(path);
    }

    /// <summary>Reads a tokenizer from the text of a <c>tokenizer.json</c>.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">What error messages call it. Default: <c>tokenizer.json</c>.</param>
    /// <exception cref="InvalidDataException">The text is damaged, or describes a tokenizer of another kind.</exception>
    public static Tokenizer FromJson(string json, string name = "tokenizer.json")
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(name);
        return TokenizerJson.Parse(Encoding.UTF8.GetBytes(json), name);
    }

    /// <summary>The numbers of a text's tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">
    /// Whether the special tokens stand around it with which its network was trained: [CLS] before and [SEP] behind for BERT, none for GPT-2. Default: true.
    /// </param>
    public int[] Encode(string text, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = EncodeText(text);
        return addSpecialTokens ? [.. _frame.Before, .. tokens, .. _frame.After] : [.. tokens];
    }

    /// <summary>The text of tokens. Of byte-level BPE it is the text that was encoded; bytes that are no UTF-8 become U+FFFD.</summary>
    /// <param name="tokens">The numbers of the tokens.</param>
    /// <param name="skipSpecialTokens">Whether <see cref="SpecialTokens"/> are left out. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no token of a number.</exception>
    public string Decode(ReadOnlySpan<int> tokens, bool skipSpecialTokens = false)
    {
        int[] shown = skipSpecialTokens ? [.. tokens.ToArray().Where(token => !_table.IsSpecial(token))] : tokens.ToArray();
        return string.Concat(DecodeEach(shown));
    }

    /// <summary>
    /// The text of tokens, piece by piece as they come: for each what it adds to the text. A letter whose bytes are spread over several tokens comes with the
    /// last of them.
    /// </summary>
    /// <param name="tokens">The numbers of the tokens; they need not end.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no token of a number.</exception>
    public abstract IEnumerable<string> DecodeEach(IEnumerable<int> tokens);

    /// <summary>The tokenizer as the text of a <c>tokenizer.json</c>.</summary>
    public abstract string ToJson();

    /// <summary>Writes a <c>tokenizer.json</c>. Where that fails, an existing file stays as it was.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.WriteText(path, ToJson());
    }

    /// <summary>The numbers of a text's tokens and of the special ones around it, but so many at most: the end of a longer text is cut off.</summary>
    internal int[] EncodeWithin(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        var room = Math.Max(0, most - _frame.Before.Count - _frame.After.Count);
        return [.. _frame.Before, .. EncodeText(text).Take(room), .. _frame.After];
    }

    /// <summary>What is around a text that is encoded with special tokens.</summary>
    private protected SpecialFrame Frame => _frame;

    /// <summary>The tokens of a text alone.</summary>
    private protected abstract IReadOnlyList<int> EncodeText(string text);

    /// <summary>The number, if there is such a token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    private protected int Check(int token) => (uint)token < (uint)Count ? token
        : throw new ArgumentOutOfRangeException(nameof(token), token, FormattableString.Invariant($"There are {Count} tokens, numbered from 0."));
}
