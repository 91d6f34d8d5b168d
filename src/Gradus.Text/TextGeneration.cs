using Gradus.Nn;

namespace Gradus.Text;

/// <summary>Writing text with a language model of tokens.</summary>
public static class TextGeneration
{
    extension(ILanguageModel model)
    {
        /// <summary>
        /// Text that goes on from a prompt, token by token and without end: for each what it adds to the text. Take as many as you want.
        /// </summary>
        /// <param name="tokenizer">What makes the tokens of the model.</param>
        /// <param name="prompt">What stands before; at least one token.</param>
        /// <param name="options">How tokens are chosen. Default: null, those of <see cref="SamplingOptions"/>.</param>
        /// <exception cref="FormatException">The prompt has no token.</exception>
        /// <exception cref="GradusException">The tokenizer has more tokens than the model, or an option is out of range.</exception>
        public IEnumerable<string> Write(Tokenizer tokenizer, string prompt, SamplingOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(tokenizer);
            var tokens = tokenizer.Encode(prompt, addSpecialTokens: false);
            if (tokens.Length == 0) throw new FormatException("the prompt is empty; expected at least one token");
            if (tokenizer.Count > model.Vocabulary)
            {
                throw new GradusException($"write: the tokenizer has {tokenizer.Count} tokens, the model {model.Vocabulary}. Is it that of another model?");
            }

            // A network may have rows to spare, of which there are no tokens.
            var next = model.Generate(tokens, options).Select(token => token < tokenizer.Count ? token : throw NoToken(token));
            // The prompt first: what goes on with its last word does so without a space.
            return tokenizer.DecodeEach(tokens.Concat(next)).Skip(tokens.Length);
        }
    }

    private static GradusException NoToken(int token) =>
        new($"write: the model chose token {token}, which its tokenizer does not have. Choose among fewer of the likeliest, or lower the temperature.");
}
