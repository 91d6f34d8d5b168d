namespace Gradus.Data;

/// <summary>Batches that have each class in its share of all rows, to one or two rows; each row comes once per epoch.</summary>
/// <remarks>The order follows from labels, seed and epoch.</remarks>
public sealed class StratifiedBatches : IBatchOrder
{
    private readonly int[] _labels;
    private readonly int[] _counts;
    private readonly ulong _seed;
    private readonly BatchCut _cut;

    /// <summary>Prepares batches of rows with classes.</summary>
    /// <param name="labels">The class of each row, from 0; copied.</param>
    /// <param name="options">How to group the rows, always shuffled. Default: null, those of <see cref="BatchOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class is below 0, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">Rows are to keep their order, or to be drawn.</exception>
    public StratifiedBatches(ReadOnlySpan<int> labels, BatchOptions? options = null)
    {
        options = BatchCut.Shuffled(options, "Stratified");
        (_labels, _counts, _seed) = (labels.ToArray(), RowsByClass.Counts(labels), options.Seed);
        _cut = new BatchCut(labels.Length, options);
    }

    /// <summary>Number of batches per epoch.</summary>
    public int Count => _cut.Count;

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<int>> Epoch(int epoch, int from = 0)
    {
        BatchPlace.Check(epoch, from, Count);
        return Deal(epoch, from);
    }

    private IEnumerable<ReadOnlyMemory<int>> Deal(int epoch, int from)
    {
        if (from == Count) yield break;
        var order = RowsByClass.Spread(_labels, _counts, _seed, "stratified", epoch);
        for (var batch = from; batch < Count; batch++) yield return _cut.Batch(order, batch);
    }
}
