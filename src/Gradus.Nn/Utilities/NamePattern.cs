namespace Gradus.Nn;

/// <summary>Names with * for anything. A name without one also stands for all below it.</summary>
internal static class NamePattern
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var star = pattern.IndexOf('*');
        if (star < 0) return name.StartsWith(pattern, StringComparison.Ordinal) && (name.Length == pattern.Length || name[pattern.Length] == '.');
        if (!name.StartsWith(pattern[..star], StringComparison.Ordinal)) return false;
        var rest = pattern[(star + 1)..];
        var left = name[star..];
        if (rest.IsEmpty) return true;
        for (var from = 0; from <= left.Length; from++)
        {
            if (Matches(rest, left[from..])) return true;
        }

        return false;
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
