namespace Gradus.Data;

public sealed partial record Split
{
    /// <summary>Splits rows at random so that each part has the classes' shares, to one or two rows. A fraction above 0 gives at least one row.</summary>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="valid">The fraction of the rows for validation, from 0 to below 1. Default: 0.1.</param>
    /// <param name="test">The fraction of the rows for the test, from 0 to below 1. Default: 0.1.</param>
    /// <param name="seed">The seed of the order. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A fraction is out of range, the fractions leave no row for training, or a class is below 0.
    /// </exception>
    public static Split Stratified(ReadOnlySpan<int> labels, double valid = 0.1, double test = 0.1, ulong seed = 0)
    {
        var (validCount, testCount) = Counts(labels.Length, valid, test);
        var order = RowsByClass.Spread(labels, RowsByClass.Counts(labels), seed, "stratified split", epoch: 0);
        return new(order[(validCount + testCount)..], order[..validCount], order[validCount..(validCount + testCount)]);
    }

    /// <summary>
    /// Splits groups of rows (a patient's, a speaker's) at random: no group is on two sides. The parts are as near to the fractions as the groups allow; a
    /// fraction above 0 gives at least one group.
    /// </summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="valid">The fraction of the rows for validation, from 0 to below 1. Default: 0.1.</param>
    /// <param name="test">The fraction of the rows for the test, from 0 to below 1. Default: 0.1.</param>
    /// <param name="seed">The seed of the order. Default: 0.</param>
    /// <typeparam name="TGroup">What names a group.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is out of range, or there are fewer groups than parts.</exception>
    public static Split ByGroup<TGroup>(IReadOnlyList<TGroup> groups, double valid = 0.1, double test = 0.1, ulong seed = 0) where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(groups);
        CheckFractions(valid, test);
        var rows = RowGroups.Of(groups);
        double[] fractions = [1 - valid - test, valid, test];
        double[] sizes = [.. fractions.Where(static fraction => fraction > 0).Select(fraction => fraction * groups.Count)];
        if (rows.Count < sizes.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(groups), rows.Count, $"{rows.Count} groups are too few for {sizes.Length} parts that share none.");
        }

        var parts = rows.Deal(sizes, seed, "group split");
        return new(parts[0], valid > 0 ? parts[1] : [], test > 0 ? parts[^1] : []);
    }

    /// <summary>
    /// Splits rows by time: the last are for the test, those before them for validation, the first for training, each in the order of time. Rows of one time
    /// are all in one part, the later one.
    /// </summary>
    /// <param name="times">The time of each row, in any order.</param>
    /// <param name="valid">The fraction of the rows for validation, from 0 to below 1. Default: 0.1.</param>
    /// <param name="test">The fraction of the rows for the test, from 0 to below 1. Default: 0.1.</param>
    /// <typeparam name="TTime">What a time is: a date, a number.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is out of range, or too few rows, or times, are left for a part.</exception>
    public static Split ByTime<TTime>(IReadOnlyList<TTime> times, double valid = 0.1, double test = 0.1) where TTime : IComparable<TTime>
    {
        ArgumentNullException.ThrowIfNull(times);
        var (validCount, testCount) = Counts(times.Count, valid, test);
        int[] order = [.. Enumerable.Range(0, times.Count).OrderBy(row => times[row], Comparer<TTime>.Default)];
        var testStart = StartOfTime(times.Count - testCount);
        var validStart = StartOfTime(testStart - validCount);
        if (validStart < 1 || (validCount > 0 && validStart == testStart))
        {
            throw new ArgumentOutOfRangeException(
                nameof(times), times.Count, "Too many rows have the same time to split them by time. Take smaller fractions, or a finer time.");
        }

        return new(order[..validStart], order[validStart..testStart], order[testStart..]);

        int StartOfTime(int place)
        {
            while (place > 0 && place < order.Length && times[order[place - 1]].CompareTo(times[order[place]]) == 0) place--;
            return place;
        }
    }

    private static (int Valid, int Test) Counts(int count, double valid, double test)
    {
        CheckFractions(valid, test);
        var (validCount, testCount) = (Share(count, valid), Share(count, test));
        return (long)validCount + testCount < count
            ? (validCount, testCount)
            : throw new ArgumentOutOfRangeException(
                nameof(count), count, $"{count} rows are too few: {validCount} for validation and {testCount} for the test leave none to train on.");
    }
}
