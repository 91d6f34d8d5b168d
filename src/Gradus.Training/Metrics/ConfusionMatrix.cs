namespace Gradus.Training;

/// <summary>The number of samples for each pair of true and predicted class.</summary>
/// <param name="classNames">The names of the classes, in the order of their labels.</param>
public sealed class ConfusionMatrix(IReadOnlyList<string> classNames)
{
    private readonly long[,] _counts = new long[classNames.Count, classNames.Count];

    /// <summary>The names of the classes, in the order of their labels.</summary>
    public IReadOnlyList<string> ClassNames => classNames;

    /// <summary>Number of samples counted.</summary>
    public long Count { get; private set; }

    /// <summary>Number of samples without a prediction, because their outputs are NaN. They count as wrong.</summary>
    public long Undecided
    {
        get
        {
            var decided = 0L;
            foreach (var count in _counts) decided += count;
            return Count - decided;
        }
    }

    /// <summary>Number of samples of class <paramref name="actual"/> that were predicted as class <paramref name="predicted"/>.</summary>
    public long this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>The fraction of samples that were classified correctly, 0 to 1; NaN where there are none.</summary>
    public double Accuracy
    {
        get
        {
            var right = 0L;
            for (var label = 0; label < classNames.Count; label++) right += _counts[label, label];
            return (double)right / Count;
        }
    }

    /// <summary>Adds the counts of another matrix of the same classes.</summary>
    public void Add(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var actual = 0; actual < classNames.Count; actual++)
        {
            for (var predicted = 0; predicted < classNames.Count; predicted++) _counts[actual, predicted] += other[actual, predicted];
        }

        Count += other.Count;
    }

    /// <summary>Counts a sample without a prediction.</summary>
    public void AddUndecided() => Count++;

    /// <summary>Counts a sample.</summary>
    public void Add(int actual, int predicted)
    {
        _counts[actual, predicted]++;
        Count++;
    }

    /// <summary>The counts, row by row.</summary>
    internal long[] ToArray() => [.. _counts.Cast<long>()];

    /// <summary>A matrix of counts, as <see cref="ToArray"/> gave them.</summary>
    /// <exception cref="InvalidDataException">They are not as many as there are pairs of classes, or negative.</exception>
    internal static ConfusionMatrix Of(IReadOnlyList<string> classNames, IReadOnlyList<long> counts, long undecided)
    {
        if (counts.Count != (long)classNames.Count * classNames.Count || undecided < 0 || counts.Any(static count => count < 0))
        {
            throw new InvalidDataException(
                $"a confusion matrix of {classNames.Count} classes has {counts.Count} counts; expected their square, none negative.");
        }

        var matrix = new ConfusionMatrix(classNames) { Count = counts.Sum() + undecided };
        for (var index = 0; index < counts.Count; index++) matrix._counts[index / classNames.Count, index % classNames.Count] = counts[index];
        return matrix;
    }
}
