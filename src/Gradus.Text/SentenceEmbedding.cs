using Gradus.Nn;

namespace Gradus.Text;

/// <summary>Sentences as vectors.</summary>
public static class SentenceEmbedding
{
    private const string Padding = "[PAD]";

    extension(Bert bert)
    {
        /// <summary>
        /// One vector of length 1 for each sentence, as <see cref="Bert.Embed(BertInput)"/> gives it; the product of two is their cosine: → [sentences, width].
        /// </summary>
        /// <remarks>Shorter sentences are padded, and what is behind the context of the network is cut off. No gradient goes through it.</remarks>
        /// <param name="tokenizer">What makes the tokens of the network.</param>
        /// <param name="sentences">The sentences, at least one.</param>
        /// <exception cref="GradusException">There is no sentence, or the tokenizer is that of another network.</exception>
        public Tensor Embed(Tokenizer tokenizer, params IReadOnlyList<string> sentences)
        {
            ArgumentNullException.ThrowIfNull(tokenizer);
            ArgumentNullException.ThrowIfNull(sentences);
            if (sentences.Count == 0) throw new GradusException("embed: there is no sentence; expected at least one.");
            var rows = sentences.Select(sentence => tokenizer.EncodeWithin(sentence, bert.Context)).ToArray();
            var time = Math.Max(1, rows.Max(static row => row.Length));
            var padding = tokenizer.SpecialTokens.GetValueOrDefault(Padding);
            var tokens = new int[rows.Length * time];
            var mask = new bool[tokens.Length];
            Array.Fill(tokens, padding);
            foreach (var (number, row) in rows.Index())
            {
                row.CopyTo(tokens, number * time);
                mask.AsSpan(number * time, row.Length).Fill(true);
            }

            using var noGrad = new NoGrad();
            return bert.Embed(new BertInput(Tensor.From(tokens, [rows.Length, time]), Tensor.From(mask, [rows.Length, time])));
        }
    }
}
