namespace Gradus.Training;

/// <summary>How often each class was taken for which.</summary>
/// <param name="classNames">The classes, in the order of their numbers.</param>
public sealed class ConfusionMatrix(IReadOnlyList<string> classNames)
{
    private readonly long[,] _counts = new long[classNames.Count, classNames.Count];

    /// <summary>The classes, in the order of their numbers.</summary>
    public IReadOnlyList<string> ClassNames => classNames;

    /// <summary>Samples counted.</summary>
    public long Count { get; private set; }

    /// <summary>Samples that were taken for no class, their outputs being no numbers: they count as told wrong.</summary>
    public long Undecided
    {
        get
        {
            var decided = 0L;
            foreach (var count in _counts) decided += count;
            return Count - decided;
        }
    }

    /// <summary>Samples of class <paramref name="actual"/> that were taken for class <paramref name="predicted"/>.</summary>
    public long this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>The share of samples told right, 0 to 1; NaN before there are any.</summary>
    public double Accuracy
    {
        get
        {
            var right = 0L;
            for (var label = 0; label < classNames.Count; label++) right += _counts[label, label];
            return (double)right / Count;
        }
    }

    /// <summary>Counts the samples of another matrix of the same classes.</summary>
    public void Add(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var actual = 0; actual < classNames.Count; actual++)
        {
            for (var predicted = 0; predicted < classNames.Count; predicted++) _counts[actual, predicted] += other[actual, predicted];
        }

        Count += other.Count;
    }

    /// <summary>Counts a sample that was taken for no class.</summary>
    public void AddUndecided() => Count++;

    /// <summary>Counts a sample.</summary>
    public void Add(int actual, int predicted)
    {
        _counts[actual, predicted]++;
        Count++;
    }
}
