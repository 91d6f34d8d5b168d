namespace Gradus.Data;

/// <summary>How the rows of a dataset are grouped into batches.</summary>
public sealed record BatchOptions
{
    /// <summary>Number of rows per batch. Default: 64.</summary>
    public int Size { get; init; } = 64;

    /// <summary>Whether rows are shuffled, anew for each epoch. If false, they keep their order. Default: true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether to leave out the last batch of an epoch where it is smaller than the others. Default: false.</summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// The minimal number of rows in the last batch. If there are fewer, they are added to the batch before. Default: 1. Batch normalization needs 2.
    /// </summary>
    public int MinLastBatch { get; init; } = 1;

    /// <summary>If set, an epoch is this many batches of rows sampled with replacement. Default: null, an epoch contains each row once.</summary>
    public int? SampledBatches { get; init; }

    /// <summary>The seed of the order. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(BatchOptions), PrintMembers);
}

/// <summary>Groups the rows of a dataset into batches: each row once per epoch, or rows sampled with replacement.</summary>
/// <remarks>
/// The order depends only on the seed, the epoch and the number of rows, on any machine. So a run that resumes at epoch 7 sees the same batches as an
/// unbroken run. Sampled batches depend on their number over all epochs instead of the epoch.
/// </remarks>
public sealed class Batches : IBatchOrder
{
    private readonly int _rows;
    private readonly BatchOptions _options;
    private readonly BatchCut _cut;

    /// <summary>Prepares batches of <paramref name="rows"/> rows.</summary>
    /// <param name="rows">Number of rows, 0 or more.</param>
    /// <param name="options">How to group the rows. Default: null, those of <see cref="BatchOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="rows"/> is below 0, the batch size or the minimal last batch is below 1, or batches are to be sampled and they or the rows are
    /// fewer than 1.
    /// </exception>
    public Batches(int rows, BatchOptions? options = null)
    {
        options ??= new BatchOptions();
        _cut = new BatchCut(rows, options);
        if (options.SampledBatches is { } drawn && (drawn < 1 || rows == 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), drawn, $"{drawn} batches cannot be drawn from {rows} rows; expected at least 1 of each.");
        }

        (_rows, _options) = (rows, options);
    }

    /// <summary>Number of batches per epoch.</summary>
    public int Count => _options.SampledBatches ?? _cut.Count;

    /// <summary>The batches of one epoch, as row numbers, from a position on. The memory of a batch is not reused.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="from">The position of the first batch, 0 to <see cref="Count"/>; those before it are not made. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> or <paramref name="from"/> is out of range.</exception>
    public IEnumerable<ReadOnlyMemory<int>> Epoch(int epoch, int from = 0)
    {
        BatchPlace.Check(epoch, from, Count);
        return _options.SampledBatches is null ? Deal(epoch, from) : Draw(epoch, from);
    }

    private IEnumerable<ReadOnlyMemory<int>> Draw(int epoch, int from)
    {
        for (var batch = from; batch < Count; batch++)
        {
            var random = new CounterRandom(_options.Seed, "draw", ((ulong)epoch * (ulong)Count) + (ulong)batch);
            var rows = new int[_options.Size];
            foreach (ref var row in rows.AsSpan()) row = random.Below(_rows);
            yield return rows;
        }
    }

    private IEnumerable<ReadOnlyMemory<int>> Deal(int epoch, int from)
    {
        if (from == Count) yield break;
        var order = Order(epoch);
        for (var batch = from; batch < Count; batch++) yield return _cut.Batch(order, batch);
    }

    private int[] Order(int epoch)
    {
        if (_options.Shuffle) return new CounterRandom(_options.Seed, "shuffle", (ulong)epoch).Permutation(_rows);
        var order = new int[_rows];
        for (var row = 0; row < _rows; row++) order[row] = row;
        return order;
    }
}
