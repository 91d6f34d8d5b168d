namespace Gradus.Data;

public sealed partial record Split
{
    /// <summary>
    /// Cross-validation: rows are dealt at random to folds of equal size, to one row; each split validates on one fold and trains on the others. None has
    /// test rows.
    /// </summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="folds">Number of folds, 2 or more, and at most one for each row.</param>
    /// <param name="seed">The seed of the order. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or fewer rows than folds.</exception>
    public static Split[] KFold(int count, int folds, ulong seed = 0)
    {
        CheckFolds(count, folds, "rows");
        return OfOrder(new CounterRandom(seed, "folds", 0).Permutation(count), folds);
    }

    /// <summary>Cross-validation in which each fold has the classes' shares, to one or two rows.</summary>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="folds">Number of folds, 2 or more, and at most one for each row.</param>
    /// <param name="seed">The seed of the order. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, fewer rows than folds, or a class is below 0.</exception>
    public static Split[] StratifiedKFold(ReadOnlySpan<int> labels, int folds, ulong seed = 0)
    {
        CheckFolds(labels.Length, folds, "rows");
        return OfOrder(RowsByClass.Spread(labels, RowsByClass.Counts(labels), seed, "folds", epoch: 0), folds);
    }

    /// <summary>
    /// Cross-validation in which the rows of a group (a patient's, a speaker's) are all in one fold; the folds are of sizes as like as the groups allow.
    /// </summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="folds">Number of folds, 2 or more, and at most one for each group.</param>
    /// <param name="seed">The seed of the order. Default: 0.</param>
    /// <typeparam name="TGroup">What names a group.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or fewer groups than folds.</exception>
    public static Split[] GroupKFold<TGroup>(IReadOnlyList<TGroup> groups, int folds, ulong seed = 0) where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(groups);
        var rows = RowGroups.Of(groups);
        CheckFolds(rows.Count, folds, "groups");
        var sizes = new double[folds];
        Array.Fill(sizes, (double)groups.Count / folds);
        return OfParts(rows.Deal(sizes, seed, "folds"));
    }

    private static void CheckFolds(int count, int folds, string what)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        if (count < folds) throw new ArgumentOutOfRangeException(nameof(folds), folds, $"{count} {what} are too few for {folds} folds.");
    }

    private static Split[] OfOrder(int[] order, int folds)
    {
        var parts = new int[folds][];
        for (var fold = 0; fold < folds; fold++) parts[fold] = order[Start(fold)..Start(fold + 1)];
        return OfParts(parts);

        int Start(int fold) => (int)((long)order.Length * fold / folds);
    }

    private static Split[] OfParts(int[][] parts)
    {
        var splits = new Split[parts.Length];
        for (var fold = 0; fold < parts.Length; fold++)
        {
            var others = parts.Where((_, index) => index != fold).SelectMany(static part => part);
            splits[fold] = new([.. others], parts[fold], []);
        }

        return splits;
    }
}
