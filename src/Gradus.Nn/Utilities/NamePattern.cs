namespace Gradus.Nn;

/// <summary>Names with * for any letters and ? for one. A name without either also stands for all below it.</summary>
internal static class NamePattern
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IndexOfAny('*', '?') < 0)
        {
            return name.StartsWith(pattern, StringComparison.Ordinal) && (name.Length == pattern.Length || name[pattern.Length] == '.');
        }

        // After the last star the rest of the pattern is tried at each later letter; an earlier star need never take more.
        var (at, star, tried) = (0, -1, 0);
        for (var letter = 0; letter < name.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*') (star, tried) = (at++, letter);
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == name[letter])) (at, letter) = (at + 1, letter + 1);
            else if (star >= 0) (at, letter) = (star + 1, ++tried);
            else return false;
        }

        return pattern[at..].IndexOfAnyExcept('*') < 0;
    }

    /// <summary>Refuses a pattern that is that of no name: it was mistyped, and what it asks for would silently not happen.</summary>
    /// <param name="operation">With what the message begins.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="names">The names that there are.</param>
    public static void Require(string operation, string pattern, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        string[] all = [.. names];
        if (all.Any(name => Matches(pattern, name))) return;
        var nearest = NearestName.Of(pattern, all) is { } near ? $" {PlainText.Quote(near)} is nearest;" : "";
        throw new GradusException(
            $"{operation}: no parameter's name is like {PlainText.Quote(pattern)};{nearest} there are {PlainText.QuoteAll(all, 8)}.");
    }

    /// <summary>What each * of a pattern stands for in a name, the shortest that makes it fit; null where it does not.</summary>
    public static List<string>? Captures(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var star = pattern.IndexOf('*');
        if (star < 0) return pattern.SequenceEqual(name) ? [] : null;
        if (!name.StartsWith(pattern[..star], StringComparison.Ordinal)) return null;
        var left = name[star..];
        for (var length = 0; length <= left.Length; length++)
        {
            if (Captures(pattern[(star + 1)..], left[length..]) is { } rest) return [left[..length].ToString(), .. rest];
        }

        return null;
    }
}
