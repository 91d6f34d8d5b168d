using System.Text;
using Gradus.Data;

namespace Gradus.Text;

/// <summary>Reads text files for language modeling by the tokens of a tokenizer: UTF-8, plain or gzip.</summary>
/// <remarks>A text is cut where <see cref="TextFile"/> cuts it, whatever the tokenizer, so that losses by the byte can be compared.</remarks>
public static class TokenizedText
{
    /// <summary>Reads a text. Its first part is the training set, its last part the validation set; the test set is empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tokenizer">The tokenizer, of at most 65,536 tokens.</param>
    /// <param name="options">The options; <see cref="TextOptions.Context"/> counts tokens. Default: null, those of <see cref="TextOptions"/>.</param>
    /// <exception cref="ArgumentException">The options have a vocabulary of characters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The context is below 1, or the validation share is not in [0, 1).</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is not UTF-8, empty, or too short for a window; or the tokenizer has too many tokens.</exception>
    public static DataSplit Load(string path, Tokenizer tokenizer, TextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        var (train, valid) = Read(path, options ??= new TextOptions());
        return Split(path, tokenizer, options, train, valid);
    }

    /// <summary>Reads a text as <see cref="Load(string, Tokenizer, TextOptions?)"/> does, with a tokenizer that is learned from its training part.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabularySize">The number of tokens, as <see cref="BytePairTraining.Train"/> takes it.</param>
    /// <param name="options">The options. Default: null, those of <see cref="TextOptions"/>.</param>
    /// <inheritdoc cref="Load(string, Tokenizer, TextOptions?)"/>
    public static (Tokenizer Tokenizer, DataSplit Data) Learn(string path, int vocabularySize, TextOptions? options = null)
    {
        var (train, valid) = Read(path, options ??= new TextOptions());
        var tokenizer = BytePairTraining.Train(train, vocabularySize);
        return (tokenizer, Split(path, tokenizer, options, train, valid));
    }

    private static (string Train, string Valid) Read(string path, TextOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (options.Vocabulary is not null) throw new ArgumentException("A vocabulary is of characters, which a tokenizer does without.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Context, 1, nameof(options));
        if (!(options.ValidationShare is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.ValidationShare, "The share is a number from 0 to below 1.");
        }

        return TextFile.ReadParts(path, options.ValidationShare);
    }

    private static DataSplit Split(string path, Tokenizer tokenizer, TextOptions options, string train, string valid)
    {
        if (tokenizer.Count > BytePairTraining.MostTokens)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{path}: the tokenizer has {tokenizer.Count} tokens; a text is kept as numbers below {BytePairTraining.MostTokens}."));
        }

        var name = Path.GetFileName(path);
        return new DataSplit(Part(train, "training"), Part(valid, "validation"), Part("", ""));

        Dataset Part(string text, string what)
        {
            var tokens = Array.ConvertAll(tokenizer.Encode(text, addSpecialTokens: false), static token => (ushort)token);
            if (text.Length > 0 && tokens.Length <= options.Context)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{path}: {tokens.Length} tokens for {what} are too few for windows of {options.Context}; expected a longer text, or a shorter context."));
            }

            var bytes = tokens.Length == 0 ? null : (double?)Encoding.UTF8.GetByteCount(text) / tokens.Length;
            return Dataset.OfTokens(name, tokens, options.Context, tokenizer.Tokens, bytes);
        }
    }
}
