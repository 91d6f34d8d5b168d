namespace Gradus.Nn;

/// <summary>Writing with a language model.</summary>
public static class Generation
{
    extension(ILanguageModel model)
    {
        /// <summary>Tokens that go on from a prompt, one after another, without end: take as many as you want.</summary>
        /// <remarks>Each is computed when it is asked for. The same weights, prompt and options give the same tokens, whatever the number of threads.</remarks>
        /// <param name="prompt">What stands before, at least one token.</param>
        /// <param name="options">How tokens are chosen; null for the defaults.</param>
        /// <exception cref="GradusException">The prompt is empty or has a number that is no token, or an option is out of range.</exception>
        public IEnumerable<int> Generate(ReadOnlySpan<int> prompt, SamplingOptions? options = null)
        {
            options ??= new SamplingOptions();
            options.Validate();
            if (prompt.IsEmpty) throw new GradusException("generate: the prompt is empty; expected at least one token.");
            foreach (var token in prompt)
            {
                if ((uint)token >= (uint)model.Vocabulary)
                {
                    throw new GradusException($"generate: {token} in the prompt is no token; expected 0 … {model.Vocabulary - 1}.");
                }
            }

            return Continue(model.Read(), [.. prompt], options);
        }
    }

    private static IEnumerable<int> Continue(TokenReader reader, int[] unread, SamplingOptions options)
    {
        var generator = new Generator(options.Seed, "sampling");
        while (true)
        {
            var token = options.Choose(reader.Next(Tensor.From(unread, [1, unread.Length]))[0], generator);
            yield return token;
            unread = [token];
        }
    }
}
