namespace Gradus.Data;

/// <summary>Lists of row numbers.</summary>
internal static class RowNumbers
{
    /// <summary>A copy of row numbers, each of which exists.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    public static int[] Checked(ReadOnlySpan<int> rows, int count)
    {
        foreach (var row in rows) Inputs.CheckRow(row, count);
        return rows.ToArray();
    }

    /// <summary>The first rows, at most as many as there are.</summary>
    public static int[] First(int count, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Range(0, Math.Min(count, rows));
    }

    /// <summary>All rows but the first.</summary>
    public static int[] After(int count, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Range(Math.Min(count, rows), rows);
    }

    /// <summary>All rows in an order that follows from the seed.</summary>
    public static int[] Shuffled(int rows, ulong seed) => new CounterRandom(seed, "samples", 0).Permutation(rows);

    /// <summary>Rows dealt at random to parts of given shares.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A share is not above 0, the shares make up more than 1, or a part would have no row.
    /// </exception>
    public static int[][] Shared(int rows, ReadOnlySpan<double> shares, ulong seed)
    {
        var order = Shuffled(rows, seed);
        var parts = new int[shares.Length][];
        var (sum, start) = (0.0, 0);
        for (var part = 0; part < parts.Length; part++)
        {
            var share = shares[part];
            if (!(share is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(shares), share, "A share is a number above 0, at most 1.");
            sum += share;
            if (sum > 1 + 1e-9) throw new ArgumentOutOfRangeException(nameof(shares), sum, "The shares make up more than 1.");
            var end = Math.Min(rows, (int)(rows * sum + 0.5));
            if (end <= start)
            {
                throw new ArgumentOutOfRangeException(nameof(shares), share, $"A share of {share} of {rows} samples is none. Give it more.");
            }

            parts[part] = order[start..end];
            start = end;
        }

        return parts;
    }

    private static int[] Range(int start, int end)
    {
        var rows = new int[end - start];
        for (var index = 0; index < rows.Length; index++) rows[index] = start + index;
        return rows;
    }
}
