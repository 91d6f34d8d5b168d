namespace Gradus.Nn;

/// <summary>What became of a state that was loaded into a module.</summary>
/// <param name="Loaded">Names whose values were taken over.</param>
/// <param name="Missing">Names of the module that the state does not have; they keep their values.</param>
/// <param name="Unexpected">Names of the state that the module does not have.</param>
/// <param name="Mismatched">Names that both have, with different shapes, given and expected.</param>
/// <param name="SuggestedRenames">For an unexpected name, a missing one of the same shape that it may stand for.</param>
public sealed record LoadReport(
    IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected,
    IReadOnlyList<(string Name, Shape Given, string Expected)> Mismatched, IReadOnlyDictionary<string, string> SuggestedRenames)
{
    private const int Listed = 8;
    private const int MostPairs = 1 << 20;

    /// <summary>
    /// Of <see cref="Mismatched"/>, the matrices whose transpose would fit: another framework may keep [in, out] where PyTorch keeps [out, in].
    /// </summary>
    public IReadOnlyList<string> Transposed { get; private init; } = [];

    /// <summary>Whether every name was there and fitted, and no other.</summary>
    public bool IsComplete => Missing.Count + Unexpected.Count + Mismatched.Count == 0;

    /// <summary>What did not fit, in one line.</summary>
    public override string ToString()
    {
        string[] faults =
        [
            .. Missing.Select(static name => $"{PlainText.Quote(name)} is missing"), .. Unexpected.Select(static name => $"{PlainText.Quote(name)} is unknown"),
            .. Mismatched.Select(static entry => $"{PlainText.Quote(entry.Name)} is {entry.Given}, expected {entry.Expected}"),
            .. Transposed.Select(static name => $"{PlainText.Quote(name)} would fit as its transpose"),
        ];
        string[] renames = [.. SuggestedRenames.Select(static pair => $"{PlainText.Quote(pair.Key)} may stand for {PlainText.Quote(pair.Value)}")];
        return faults.Length == 0 ? "all fits" : string.Join("; ", Shortened(faults).Concat(Shortened(renames)));
    }

    // Each kind by itself, so that many faults do not hide what to do about them.
    private static IEnumerable<string> Shortened(string[] words) =>
        words.Length <= Listed ? words : words.Take(Listed).Append($"and {words.Length - Listed} more");

    /// <summary>Holds the names and shapes of a module against those of a state.</summary>
    internal static LoadReport Of(IReadOnlyDictionary<string, PendingShape> own, IReadOnlyDictionary<string, Shape> given)
    {
        // Files of PyTorch before 0.4.1 have no counters of batches: they stay as they are, as there.
        var hasCounters = given.Keys.Any(StateMapping.IsCounter);
        string[] missing = [.. own.Keys.Where(name => !given.ContainsKey(name) && (hasCounters || !StateMapping.IsCounter(name)))];
        string[] unexpected = [.. given.Keys.Where(name => !own.ContainsKey(name))];
        string[] common = [.. own.Keys.Where(given.ContainsKey)];
        return new(
            [.. common.Where(name => own[name].Fits(given[name]))], missing, unexpected,
            [.. common.Where(name => !own[name].Fits(given[name])).Select(name => (name, given[name], own[name].ToString()))],
            Suggest(own, given, missing, unexpected))
        {
            Transposed = [.. common.Where(name => !own[name].Fits(given[name]) &&
                given[name] is { Rank: 2 } shape && own[name].Fits(Shape.Create([shape[1], shape[0]])))],
        };
    }

    /// <summary>Pairs names of one shape, those with the most in common at their ends first.</summary>
    private static OrderedDictionary<string, string> Suggest(
        IReadOnlyDictionary<string, PendingShape> own, IReadOnlyDictionary<string, Shape> given, string[] missing, string[] unexpected)
    {
        // A file of a megabyte can have names enough for more pairs than fit into memory.
        if ((long)unexpected.Length * missing.Length > MostPairs) return [];
        var pairs = unexpected
            .SelectMany(name => missing.Where(other => own[other].Fits(given[name])).Select(other => (From: name, To: other, Common: CommonEnd(name, other))))
            .Where(static pair => pair.Common > 0).OrderByDescending(static pair => pair.Common);
        var renames = new OrderedDictionary<string, string>();
        var taken = new HashSet<string>();
        foreach (var (from, to, _) in pairs)
        {
            if (!renames.ContainsKey(from) && taken.Add(to)) renames.Add(from, to);
        }

        return renames;
    }

    private static int CommonEnd(string x, string y)
    {
        var count = 0;
        while (count < Math.Min(x.Length, y.Length) && x[^(count + 1)] == y[^(count + 1)]) count++;
        return count;
    }
}
