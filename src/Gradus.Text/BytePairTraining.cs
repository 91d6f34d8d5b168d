namespace Gradus.Text;

/// <summary>Learns a byte-level BPE tokenizer from a text.</summary>
/// <remarks>
/// The tokens 0 … 255 are the bytes, by their values. Then, again and again, the pair of neighboring tokens that is most frequent becomes a token. Of pairs
/// that are equally frequent the one with the lower left number is taken, then the one with the lower right number: equal texts give equal tokenizers.
/// Pairs are not counted, and tokens do not reach, over the cuts between words, which are GPT-2's. Sennrich, Haddow and Birch, "Neural machine translation
/// of rare words with subword units", 2016; bytes as in Radford et al., "Language models are unsupervised multitask learners", 2019.
/// </remarks>
public static class BytePairTraining
{
    /// <summary>The fewest tokens: those of the bytes, and one.</summary>
    public const int LeastTokens = 257;

    /// <summary>The most tokens: their numbers fit into two bytes.</summary>
    public const int MostTokens = 1 << 16;

    /// <summary>Learns a tokenizer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="vocabularySize">
    /// The number of tokens, from 257 to 65,536. There are fewer where no pair of the text is there twice any more.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The number of tokens is out of range.</exception>
    public static Tokenizer Train(string text, int vocabularySize)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, LeastTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vocabularySize, MostTokens);
        var tokens = new List<string>(vocabularySize);
        var vocabulary = new Dictionary<string, int>(vocabularySize, StringComparer.Ordinal);
        for (var value = 0; value < 256; value++) Add(ByteAlphabet.LetterOf((byte)value).ToString());
        var merges = new List<(string Left, string Right)>();
        var pairs = new PairCounts(CountedWord.In(text));
        while (tokens.Count < vocabularySize && pairs.TakeMostFrequent() is var (left, right))
        {
            merges.Add((tokens[left], tokens[right]));
            // Two pairs may give the same bytes, such as "a" + "bc" and "ab" + "c": the token is there once, the merges are both.
            var merged = tokens[left] + tokens[right];
            if (!vocabulary.TryGetValue(merged, out var number)) number = Add(merged);
            pairs.Merge(left, right, number);
        }

        var table = TokenTable.Of(vocabulary, [], "training");
        return ByteLevelTokenizer.Create(table, merges, SpecialFrame.None, addsPrefixSpace: false, "training");

        int Add(string token)
        {
            vocabulary.Add(token, tokens.Count);
            tokens.Add(token);
            return tokens.Count - 1;
        }
    }
}
