namespace Gradus.Data;

/// <summary>Rows that belong together, in the order in which the groups first appear.</summary>
internal sealed class RowGroups
{
    private readonly List<int>[] _rows;

    private RowGroups(List<int>[] rows) => _rows = rows;

    /// <summary>Number of groups.</summary>
    public int Count => _rows.Length;

    public static RowGroups Of<TGroup>(IReadOnlyList<TGroup> groups) where TGroup : notnull
    {
        var rows = new List<List<int>>();
        var numberOf = new Dictionary<TGroup, int>();
        for (var row = 0; row < groups.Count; row++)
        {
            var group = groups[row] ?? throw new ArgumentException($"Row {row} has no group.", nameof(groups));
            if (!numberOf.TryGetValue(group, out var number))
            {
                numberOf.Add(group, number = rows.Count);
                rows.Add([]);
            }

            rows[number].Add(row);
        }

        return new([.. rows]);
    }

    /// <summary>
    /// Deals the groups to parts of wanted sizes: the largest groups first, those of one size at random, each to the part that lacks most. No part stays
    /// without a group.
    /// </summary>
    public int[][] Deal(ReadOnlySpan<double> sizes, ulong seed, string stream)
    {
        var parts = new List<int>[sizes.Length];
        foreach (ref var part in parts.AsSpan()) part = [];
        var groups = new CounterRandom(seed, stream, 0).Permutation(Count).OrderByDescending(group => _rows[group].Count);
        var (left, empty) = (Count, sizes.Length);
        foreach (var group in groups)
        {
            var mustFill = left-- <= empty;
            var best = -1;
            for (var part = 0; part < parts.Length; part++)
            {
                if (mustFill && parts[part].Count > 0) continue;
                if (best < 0 || sizes[part] - parts[part].Count > sizes[best] - parts[best].Count) best = part;
            }

            if (parts[best].Count == 0) empty--;
            parts[best].AddRange(_rows[group]);
        }

        return Array.ConvertAll(parts, static part => part.ToArray());
    }
}
