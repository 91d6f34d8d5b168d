namespace Gradus.Data;

/// <summary>Which rows go to training, validation and test. Depends on the number of rows and the seed alone.</summary>
/// <param name="Train">Rows to learn from, in random order.</param>
/// <param name="Valid">Rows to choose by.</param>
/// <param name="Test">Rows to report on.</param>
public sealed record Split(int[] Train, int[] Valid, int[] Test)
{
    /// <summary>Splits rows at random by fractions. A fraction above 0 gives at least one row.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="valid">Fraction of rows for validation, 0 to below 1. Default: 0.1.</param>
    /// <param name="test">Fraction of rows for the test, 0 to below 1. Default: 0.1.</param>
    /// <param name="seed">The same seed gives the same split on every machine. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A fraction is out of range, both together leave nothing to train on, or there are fewer rows than parts.
    /// </exception>
    public static Split ByFraction(int count, double valid = 0.1, double test = 0.1, ulong seed = 0)
    {
        CheckFractions(valid, test);
        var validCount = Share(count, valid);
        var testCount = Share(count, test);
        var trainCount = count - validCount - testCount;
        if (trainCount < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"{count} rows are too few: {validCount} for validation and {testCount} for the test leave none to train on.");
        }

        return ByCount(count, validCount, testCount, seed);
    }

    /// <summary>Splits rows at random by numbers of rows.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="valid">Rows for validation.</param>
    /// <param name="test">Rows for the test.</param>
    /// <param name="seed">The same seed gives the same split on every machine. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0, or nothing is left to train on.</exception>
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
