namespace Gradus.Data;

/// <summary>Batches of rows drawn with replacement, each row as likely as its weight says: rare classes come as often as common ones, say.</summary>
/// <remarks>A batch follows from weights, seed and its number over all epochs.</remarks>
public sealed class WeightedBatches : IBatchOrder
{
    private readonly BatchOptions _options;

    // The sums of the weights up to and with each row.
    private readonly double[] _sums;

    /// <summary>Prepares batches of rows with weights.</summary>
    /// <param name="weights">The weight of each row, 0 or more, in any unit; at least one above 0.</param>
    /// <param name="options">
    /// <see cref="BatchOptions.Size"/>, <see cref="BatchOptions.Seed"/> and the number of batches, <see cref="BatchOptions.SampledBatches"/>; by default as
    /// many as contain each row once. Default: null, those of <see cref="BatchOptions"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A weight is below 0 or not finite, all are 0, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">Rows are to keep their order.</exception>
    public WeightedBatches(ReadOnlySpan<double> weights, BatchOptions? options = null)
    {
        _options = options ?? new BatchOptions();
        var cut = new BatchCut(weights.Length, _options with { DropLast = false, MinLastBatch = 1 });
        if (!_options.Shuffle) throw new ArgumentException($"Rows are drawn at random; leave {nameof(BatchOptions.Shuffle)} out.", nameof(options));
        if (_options.SampledBatches < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), _options.SampledBatches, "An epoch has at least one drawn batch.");
        }

        _sums = new double[weights.Length];
        var sum = 0.0;
        for (var row = 0; row < weights.Length; row++)
        {
            if (!(weights[row] >= 0)) throw new ArgumentOutOfRangeException(nameof(weights), weights[row], $"Row {row}: a weight is a number of 0 or more.");
            _sums[row] = sum += weights[row];
        }

        if (!(sum > 0 && double.IsFinite(sum))) throw new ArgumentOutOfRangeException(nameof(weights), sum, "The weights make up a finite number above 0.");
        Count = _options.SampledBatches ?? cut.Count;
    }

    /// <summary>Number of batches per epoch.</summary>
    public int Count { get; }

    /// <summary>Batches in which each class is as likely as any other.</summary>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="options">As for <see cref="WeightedBatches(ReadOnlySpan{double}, BatchOptions)"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class is below 0, there are no rows, or an option is out of range.</exception>
    public static WeightedBatches Balanced(ReadOnlySpan<int> labels, BatchOptions? options = null)
    {
        var counts = RowsByClass.Counts(labels);
        var weights = new double[labels.Length];
        for (var row = 0; row < weights.Length; row++) weights[row] = 1.0 / counts[labels[row]];
        return new(weights, options);
    }

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<int>> Epoch(int epoch, int from = 0)
    {
        BatchPlace.Check(epoch, from, Count);
        return Draw(epoch, from);
    }

    private IEnumerable<ReadOnlyMemory<int>> Draw(int epoch, int from)
    {
        for (var batch = from; batch < Count; batch++)
        {
            var random = new CounterRandom(_options.Seed, "weighted", ((ulong)epoch * (ulong)Count) + (ulong)batch);
            var rows = new int[_options.Size];
            foreach (ref var row in rows.AsSpan()) row = RowAt(random.NextFine() * _sums[^1]);
            yield return rows;
        }
    }

    /// <summary>The first row whose sum is above a number: never one of weight 0.</summary>
    private int RowAt(double number)
    {
        var (low, high) = (0, _sums.Length - 1);
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            if (_sums[middle] > number) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
