namespace Gradus.Nn;

/// <summary>The name that was perhaps meant.</summary>
internal static class NearestName
{
    // Longer ones were not mistyped, and take long to compare.
    private const int Longest = 200;

    /// <summary>The name, or the part above some, with the fewest letters to insert, leave out or replace, if they are at most a third.</summary>
    public static string? Of(string word, IEnumerable<string> names)
    {
        if (word.Length > Longest) return null;
        var (best, fewest) = ((string?)null, (word.Length / 3) + 1);
        foreach (var candidate in names.SelectMany(WithPartsAbove).Distinct().Where(static name => name.Length <= Longest))
        {
            if (Math.Abs(candidate.Length - word.Length) >= fewest) continue;
            var edits = Edits(word, candidate);
            if (edits < fewest) (best, fewest) = (candidate, edits);
        }

        return best;
    }

    private static IEnumerable<string> WithPartsAbove(string name)
    {
        yield return name;
        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1)) yield return name[..dot];
    }

    // Levenshtein's distance, a row at a time.
    private static int Edits(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 0; i < from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < to.Length; j++)
            {
                var replaced = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(diagonal, row[j]) + 1);
            }
        }

        return row[^1];
    }
}
