namespace Gradus.Data;

/// <summary>Rows ordered so that wherever one cuts, each part has the classes' shares.</summary>
internal static class RowsByClass
{
    private const int MostClasses = 1 << 24;

    /// <summary>The number of rows of each class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class is below 0, or far too large.</exception>
    public static int[] Counts(ReadOnlySpan<int> labels)
    {
        var classes = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= MostClasses)
            {
                throw new ArgumentOutOfRangeException(nameof(labels), labels[row], $"Row {row}: classes are numbered from 0 to at most {MostClasses - 1}.");
            }

            classes = Math.Max(classes, labels[row] + 1);
        }

        var counts = new int[classes];
        foreach (var label in labels) counts[label]++;
        return counts;
    }

    /// <summary>
    /// All rows: those of a class in random order and at equal distances, so that a stretch of the order has of each class what its share says, to about
    /// one row.
    /// </summary>
    public static int[] Spread(ReadOnlySpan<int> labels, ReadOnlySpan<int> counts, ulong seed, string stream, int epoch)
    {
        var random = new CounterRandom(seed, stream, (ulong)epoch);
        var rows = random.Permutation(labels.Length);
        var rankOf = random.Permutation(counts.Length);

        // All distances begin at the same random place of a circle: a class of one row comes anywhere.
        var turn = random.NextDouble();
        var seen = new int[counts.Length];
        var places = new (double Place, int Rank)[rows.Length];
        for (var index = 0; index < rows.Length; index++)
        {
            var label = labels[rows[index]];
            var place = ((seen[label]++ + 0.5) / counts[label]) + turn;
            places[index] = (place < 1 ? place : place - 1, rankOf[label]);
        }

        Array.Sort(places, rows);
        return rows;
    }
}
