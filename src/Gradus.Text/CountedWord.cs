using System.Text;

namespace Gradus.Text;

/// <summary>A word of a text while its tokens are merged, and how often it is there.</summary>
/// <param name="tokens">Its tokens at first: its bytes.</param>
internal sealed class CountedWord(int[] tokens)
{
    private int[] _tokens = tokens;
    private int _length = tokens.Length;

    /// <summary>How often it is there.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, _length);

    /// <summary>The different words of a text, in the order in which they first occur.</summary>
    public static List<CountedWord> In(string text)
    {
        var words = new List<CountedWord>();
        var numbers = new Dictionary<string, CountedWord>(StringComparer.Ordinal);
        var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var match in WordPattern.Words.EnumerateMatches(text))
        {
            var letters = text.AsSpan(match.Index, match.Length);
            if (!lookup.TryGetValue(letters, out var word))
            {
                word = new CountedWord(Array.ConvertAll(Encoding.UTF8.GetBytes(letters.ToString()), static value => (int)value));
                words.Add(word);
                lookup[letters] = word;
            }

            word.Count++;
        }

        return words;
    }

    /// <summary>Puts a token in the place of each pair, from the left, and tells the pairs that come and go.</summary>
    public void Merge(int left, int right, int merged, Action<int, int, int> change)
    {
        var length = 0;
        for (var index = 0; index < _length; index++)
        {
            if (_tokens[index] != left || index + 1 == _length || _tokens[index + 1] != right)
            {
                _tokens[length++] = _tokens[index];
                continue;
            }

            if (length > 0)
            {
                change(_tokens[length - 1], left, -Count);
                change(_tokens[length - 1], merged, Count);
            }

            if (index + 2 < _length)
            {
                change(right, _tokens[index + 2], -Count);
                change(merged, _tokens[index + 2], Count);
            }

            _tokens[length++] = merged;
            index++;
        }

        _length = length;
    }
}
