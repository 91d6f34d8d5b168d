using System.Collections.Frozen;

namespace Gradus.Data;

/// <summary>The words that a model knows, and their token numbers: 0 stands for no word, 1 for an unknown one, the known ones follow from 2 on.</summary>
public sealed class WordVocabulary
{
    /// <summary>The token where a sentence has ended: no word.</summary>
    public const int Padding = 0;

    /// <summary>The token of a word that is not in the vocabulary.</summary>
    public const int Unknown = 1;

    internal const int FirstWord = 2;

    // Tokens are kept in two bytes.
    internal const int MostWords = (1 << 16) - FirstWord;
    internal const int LongestWord = 64;

    // A word of a single place can be learnt by heart there and helps nowhere else. Left out, such words teach what an unknown one means.
    private const int LeastOften = 2;

    private readonly FrozenDictionary<string, int> _numbers;

    /// <summary>A vocabulary of these words, numbered from 2 in this order.</summary>
    /// <param name="words">The words, as <see cref="WordTokenizer.Split"/> gives them.</param>
    /// <exception cref="ArgumentException">A word is empty, longer than 64 characters or repeated, or there are more than 65,534.</exception>
    public WordVocabulary(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        Words = [.. words];
        if (Words.Count > MostWords) throw new ArgumentException($"{Words.Count} words; a vocabulary has at most {MostWords}.", nameof(words));
        var numbers = new Dictionary<string, int>(Words.Count, StringComparer.Ordinal);
        foreach (var word in Words)
        {
            if (string.IsNullOrEmpty(word) || word.Length > LongestWord)
                throw new ArgumentException($"{Cell.Show(word ?? "")} has {word?.Length ?? 0} characters; a word has from 1 to {LongestWord}.", nameof(words));
            if (!numbers.TryAdd(word, numbers.Count + FirstWord)) throw new ArgumentException($"{Cell.Show(word)} is repeated.", nameof(words));
        }

        _numbers = numbers.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The known words, in the order of their numbers: the most frequent first.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>How many different tokens there are: the words, and two more.</summary>
    public int Count => Words.Count + FirstWord;

    /// <summary>The most frequent words of some sentences; of equally frequent ones those first that come first by their characters' numbers.</summary>
    /// <param name="sentences">The sentences. Words that occur only once in all of them are left out.</param>
    /// <param name="most">The maximal number of words. Default: 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is not from 1 to 65,534.</exception>
    public static WordVocabulary Learn(IEnumerable<string> sentences, int most = 10_000)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        return Learn(sentences.Select(WordTokenizer.Split), most);
    }

    /// <summary>The token numbers of a sentence: cut at the end where it is longer, and filled up with 0 where it is shorter.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="length">Number of tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is below 1.</exception>
    public int[] Encode(string sentence, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var tokens = new int[length];
        var words = WordTokenizer.Split(sentence);
        for (var place = 0; place < Math.Min(length, words.Count); place++) tokens[place] = NumberOf(words[place]);
        return tokens;
    }

    /// <summary>The token number of a word.</summary>
    public int NumberOf(string word) => _numbers.GetValueOrDefault(word, Unknown);

    /// <summary>The word of a token number; empty for no word, <c>(unknown)</c> for an unknown one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string WordOf(int token) => token switch
    {
        Padding => "",
        Unknown => "(unknown)",
        _ when (uint)token < (uint)Count => Words[token - FirstWord],
        _ => throw new ArgumentOutOfRangeException(nameof(token), token, $"There are {Count} tokens, numbered from 0."),
    };

    /// <summary>A summary: <c>1,204 words: the, a, …</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Words.Count:N0} words: {string.Join(", ", Words.Take(20))}{(Words.Count > 20 ? ", …" : "")}");

    internal static WordVocabulary Learn(IEnumerable<IReadOnlyList<string>> sentences, int most)
    {
        if (most is < 1 or > MostWords) throw new ArgumentOutOfRangeException(nameof(most), most, $"Expected 1 to {MostWords} words.");
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in sentences.SelectMany(static words => words))
        {
            if (word.Length <= LongestWord) counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        return new WordVocabulary(counts.Where(static entry => entry.Value >= LeastOften)
            .OrderByDescending(static entry => entry.Value).ThenBy(static entry => entry.Key, StringComparer.Ordinal)
            .Take(most).Select(static entry => entry.Key));
    }
}
