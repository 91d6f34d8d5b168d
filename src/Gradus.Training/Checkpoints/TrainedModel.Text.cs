using Gradus.Data;
using Gradus.Nn;
using Gradus.Text;

namespace Gradus.Training;

/// <content>What a model of a text has: its tokens, and how it writes.</content>
public sealed partial record TrainedModel
{
    /// <summary>The characters of a language model; null where it has a tokenizer, and for other models.</summary>
    public Vocabulary? Vocabulary { get; } = Record.IsText && Record.Tokenizer is null ? new Vocabulary(Record.ClassNames!) : null;

    /// <summary>What makes the tokens of a language model; null where they are characters, and for other models.</summary>
    public Tokenizer? Tokenizer { get; } = Record.ReadTokenizer();

    /// <summary>
    /// Generates text that continues a prompt, one token at a time: a character, or what a token of the model's tokenizer adds to the text. The sequence is
    /// endless: take as many as you need.
    /// </summary>
    /// <param name="prompt">The beginning of the text, at least one character.</param>
    /// <param name="options">How the next token is sampled. Default: null, those of <see cref="SamplingOptions"/>.</param>
    /// <exception cref="FormatException">The prompt is empty, or has a character that is not in the vocabulary.</exception>
    /// <exception cref="GradusException">The model is no language model, or an option is out of range.</exception>
    public IEnumerable<string> Sample(string prompt, SamplingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (!Record.IsText || Network is not ILanguageModel model)
        {
            throw new GradusException($"this model was trained on {Record.Data}; only a model that was trained on text:FILE generates text.");
        }

        if (prompt.Length == 0) throw new FormatException("the prompt is empty; expected at least one character");
        return Vocabulary is { } vocabulary
            ? model.Generate(vocabulary.Encode(prompt), options).Select(token => vocabulary.Characters[token])
            : model.Write(Tokenizer!, prompt, options);
    }

    private DataSplit LoadText(string path, DataOptions options)
    {
        var text = new TextOptions { Context = Record.InputShape[0], ValidationShare = options.ValidationShare ?? 0.1 };
        return Tokenizer is { } tokenizer ? TokenizedText.Load(path, tokenizer, text) : TextFile.Load(path, text with { Vocabulary = Vocabulary });
    }
}
