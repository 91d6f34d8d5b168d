namespace Gradus.Data;

/// <summary>The row numbers of training, validation and test set.</summary>
/// <param name="Train">The rows of the training set, in random order; in the order of time where it is split by time.</param>
/// <param name="Validation">The rows of the validation set.</param>
/// <param name="Test">The rows of the test set.</param>
public sealed partial record Split(int[] Train, int[] Validation, int[] Test)
{
    /// <summary>Splits rows at random by fractions. A fraction above 0 gives at least one row. The result depends only on the arguments.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="valid">The fraction of the rows for validation, from 0 to below 1. Default: 0.1.</param>
    /// <param name="test">The fraction of the rows for the test, from 0 to below 1. Default: 0.1.</param>
    /// <param name="seed">The seed of the order. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A fraction is out of range, the fractions leave no row for training, or there are fewer rows than parts.
    /// </exception>
    public static Split ByFraction(int count, double valid = 0.1, double test = 0.1, ulong seed = 0)
    {
        var (validCount, testCount) = Counts(count, valid, test);
        return ByCount(count, validCount, testCount, seed);
    }

    /// <summary>Splits rows at random by numbers of rows. The result depends only on the arguments.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="valid">Number of rows for validation.</param>
    /// <param name="test">Number of rows for the test.</param>
    /// <param name="seed">The seed of the order. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0, or no row is left for training.</exception>
    public static Split ByCount(int count, int valid, int test, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(valid);
        ArgumentOutOfRangeException.ThrowIfNegative(test);
        if ((long)valid + test >= count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"{valid} rows for validation and {test} for the test leave none of {count} to train on.");
        }

        var order = new CounterRandom(seed, "split", 0).Permutation(count);
        return new Split(order[(valid + test)..], order[..valid], order[valid..(valid + test)]);
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(Split), PrintMembers);

    internal static void CheckFractions(double valid, double test)
    {
        if (!(valid is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(valid), valid, "A fraction is a number from 0 to below 1.");
        if (!(test is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(test), test, "A fraction is a number from 0 to below 1.");
        if (valid + test >= 1) throw new ArgumentOutOfRangeException(nameof(test), test, $"Fractions {valid} and {test} leave nothing to train on.");
    }

    private static int Share(int count, double fraction) => fraction == 0 ? 0 : Math.Max(1, (int)(count * fraction + 0.5));
}
