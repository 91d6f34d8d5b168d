namespace Gradus.Graphs;

/// <summary>Names for what the user gave none: t1, t2, … for results, x1, … for variables, c1, … for constants, leaving out those that are taken.</summary>
internal sealed class NodeNames(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = [.. taken];
    private readonly Dictionary<string, int> _last = [];

    public string Intermediate() => Next("t");

    public string Variable() => Next("x");

    public string Constant() => Next("c");

    /// <summary>The word itself if it is free, else the word with a number.</summary>
    public string Of(string word) => _taken.Add(word) ? word : Next(word);

    private string Next(string word)
    {
        while (true)
        {
            var number = _last[word] = _last.GetValueOrDefault(word) + 1;
            if (_taken.Add(word + number)) return word + number;
        }
    }
}
