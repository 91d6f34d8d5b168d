namespace Gradus.Data;

/// <summary>Batches of rows of like lengths, so that little padding fills them up; each row comes once per epoch.</summary>
/// <remarks>
/// The rows of an epoch are shuffled and cut into pools of so many batches; a pool's rows are sorted by length and cut into batches, and the batches of the
/// whole epoch are shuffled. The order follows from lengths, pool, seed and epoch.
/// </remarks>
public sealed class LengthBatches : IBatchOrder
{
    private readonly int[] _lengths;
    private readonly ulong _seed;
    private readonly BatchCut _cut;
    private readonly long _poolRows;

    /// <summary>Prepares batches of rows with lengths.</summary>
    /// <param name="lengths">The length of each row; copied.</param>
    /// <param name="options">How to group the rows, always shuffled. Default: null, those of <see cref="BatchOptions"/>.</param>
    /// <param name="pool">
    /// The number of batches whose rows are sorted together: with more, lengths are more alike, and less is left to chance. Default: 100.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An option or <paramref name="pool"/> is out of range.</exception>
    /// <exception cref="ArgumentException">Rows are to keep their order, or to be drawn.</exception>
    public LengthBatches(ReadOnlySpan<int> lengths, BatchOptions? options = null, int pool = 100)
    {
        options = BatchCut.Shuffled(options, "Length");
        ArgumentOutOfRangeException.ThrowIfLessThan(pool, 1);
        (_lengths, _seed, _poolRows) = (lengths.ToArray(), options.Seed, (long)pool * options.Size);
        _cut = new BatchCut(lengths.Length, options);
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
        var random = new CounterRandom(_seed, "lengths", (ulong)epoch);
        var rows = random.Permutation(_lengths.Length);
        var batches = random.Permutation(Count);
        SortPools(rows);
        for (var batch = from; batch < Count; batch++) yield return _cut.Batch(rows, batches[batch]);
    }

    private void SortPools(int[] rows)
    {
        // What belongs to no batch stays behind the last one, so that chance leaves rows out and not their length.
        var used = 0;
        for (var batch = 0; batch < Count; batch++) used += _cut.Batch(rows, batch).Length;

        // Rows of one length stay in their random order.
        var places = new (int Length, int Place)[used];
        for (var place = 0; place < used; place++) places[place] = (_lengths[rows[place]], place);
        for (var start = 0L; start < used; start += _poolRows)
        {
            var length = (int)Math.Min(_poolRows, used - start);
            Array.Sort(places, rows, (int)start, length);
        }
    }
}
