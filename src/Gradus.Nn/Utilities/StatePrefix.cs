namespace Gradus.Nn;

/// <summary>What stands before names.</summary>
internal static class StatePrefix
{
    /// <summary>
    /// The beginning, up to a / or a dot, behind which most names are among some others, the shortest and first of several; null where none is.
    /// </summary>
    /// <param name="names">The names, such as state_dict/module.conv.weight.</param>
    /// <param name="wanted">The others, such as conv.weight.</param>
    public static string? Find(IEnumerable<string> names, IEnumerable<string> wanted)
    {
        var known = wanted.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var votes = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            for (var at = 0; at >= 0; at = Next(name, at))
            {
                if (!known.Contains(name.AsSpan(at))) continue;
                var prefix = name[..at];
                votes[prefix] = votes.GetValueOrDefault(prefix) + 1;
            }
        }

        return votes.OrderByDescending(static vote => vote.Value).ThenBy(static vote => vote.Key.Length).Select(static vote => vote.Key).FirstOrDefault();
    }

    private static int Next(string name, int at)
    {
        var next = name.AsSpan(at).IndexOfAny('.', '/');
        return next < 0 ? -1 : at + next + 1;
    }
}
