namespace Gradus.Text;

/// <summary>How often each pair of neighboring tokens is in some words, and in which of them.</summary>
internal sealed class PairCounts
{
    private readonly List<CountedWord> _words;
    private readonly Dictionary<(int Left, int Right), long> _counts = [];

    // A word stays in the list of a pair that it has lost: to look for it there in vain costs less than to take it out.
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _places = [];

    // A pair is queued again whenever it becomes more frequent; what it was before is passed over when its turn comes.
    private readonly PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> _queue = new(Comparer<(long Count, int Left, int Right)>.Create(
        static (x, y) => x.Count != y.Count ? y.Count.CompareTo(x.Count) : (x.Left, x.Right).CompareTo((y.Left, y.Right))));

    public PairCounts(List<CountedWord> words)
    {
        _words = words;
        for (var word = 0; word < words.Count; word++)
        {
            var tokens = words[word].Tokens;
            for (var index = 1; index < tokens.Length; index++) Change(word, (tokens[index - 1], tokens[index]), words[word].Count);
        }

        foreach (var pair in _counts.Keys) Queue(pair);
    }

    /// <summary>The most frequent pair, if one is there twice.</summary>
    public (int Left, int Right)? TakeMostFrequent()
    {
        while (_queue.TryDequeue(out var pair, out var priority))
        {
            var count = _counts.GetValueOrDefault(pair);
            if (count == priority.Count) return count > 1 ? pair : null;
            // It has become rarer since.
            if (count > 1 && count < priority.Count) Queue(pair);
        }

        return null;
    }

    /// <summary>Makes one token of a pair, wherever it is.</summary>
    public void Merge(int left, int right, int merged)
    {
        var changed = new HashSet<(int Left, int Right)>();
        foreach (var word in _places[(left, right)])
        {
            _words[word].Merge(left, right, merged, (first, second, count) =>
            {
                Change(word, (first, second), count);
                if (count > 0) changed.Add((first, second));
            });
        }

        _counts.Remove((left, right));
        _places.Remove((left, right));
        foreach (var pair in changed) Queue(pair);
    }

    private void Change(int word, (int Left, int Right) pair, int count)
    {
        _counts[pair] = _counts.GetValueOrDefault(pair) + count;
        if (count < 0) return;
        if (!_places.TryGetValue(pair, out var words)) _places.Add(pair, words = []);
        words.Add(word);
    }

    private void Queue((int Left, int Right) pair)
    {
        if (_counts.GetValueOrDefault(pair) is > 1 and var count) _queue.Enqueue(pair, (count, pair.Left, pair.Right));
    }
}
