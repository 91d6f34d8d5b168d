namespace Gradus.Data;

/// <summary>How rows are dealt out in batches.</summary>
public sealed record BatchOptions
{
    /// <summary>Rows per batch. Default: 64.</summary>
    public int Size { get; init; } = 64;

    /// <summary>Whether each epoch has an order of its own; otherwise rows come in order. Default: true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether a last batch with fewer rows is left out. Default: false.</summary>
    public bool DropLast { get; init; }

    /// <summary>The fewest rows that the last batch may have: fewer join the batch before it. Default: 1. Batch norm needs 2.</summary>
    public int Fewest { get; init; } = 1;

    /// <summary>
    /// Batches of an epoch whose rows are each drawn from all rows, so that one may come again before another has come at all; null, the default, to deal every
    /// row out once.
    /// </summary>
    public int? Drawn { get; init; }

    /// <summary>The order follows from this seed and the epoch alone. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(BatchOptions), PrintMembers);
}

/// <summary>Deals the rows of a dataset out in batches: every row once per epoch, or rows drawn at random.</summary>
/// <remarks>
/// The order depends only on (seed, epoch, number of rows), of drawn batches on (seed, number of the batch over all epochs, number of rows): a run that resumes
/// at epoch 7 sees what an unbroken run sees, on any machine.
/// </remarks>
public sealed class Batches
{
    private readonly int _rows;
    private readonly BatchOptions _options;

    /// <summary>Prepares batches of <paramref name="rows"/> rows.</summary>
    /// <param name="rows">Number of rows, 0 or more.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="rows"/> is below 0, the batch size or the fewest rows of the last
    /// batch below 1, or fewer than 1 batches are to be drawn, or from no rows.
    /// </exception>
    public Batches(int rows, BatchOptions? options = null)
    {
        options ??= new BatchOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (options.Size < 1) throw new ArgumentOutOfRangeException(nameof(options), options.Size, "A batch has at least one row.");
        if (options.Fewest < 1) throw new ArgumentOutOfRangeException(nameof(options), options.Fewest, "A last batch has at least one row.");
        if (options.Drawn is { } drawn && (drawn < 1 || rows == 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), drawn, $"{drawn} batches cannot be drawn from {rows} rows; expected at least 1 of each.");
        }

        (_rows, _options) = (rows, options);
    }

    /// <summary>Batches per epoch.</summary>
    public int Count =>
        _options.Drawn ?? (_rows / _options.Size) + (_rows % _options.Size is > 0 and var rest && !_options.DropLast && !JoinsTheOneBefore(rest) ? 1 : 0);

    /// <summary>The batches of one epoch, as row numbers. Memory of a batch stays valid as long as it is held.</summary>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> is below 0.</exception>
    public IEnumerable<ReadOnlyMemory<int>> Epoch(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return _options.Drawn is null ? Deal(Order(epoch)) : Draw(epoch);
    }

    private IEnumerable<ReadOnlyMemory<int>> Draw(int epoch)
    {
        for (var batch = 0; batch < Count; batch++)
        {
            var random = new CounterRandom(_options.Seed, "draw", ((ulong)epoch * (ulong)Count) + (ulong)batch);
            var rows = new int[_options.Size];
            foreach (ref var row in rows.AsSpan()) row = random.Below(_rows);
            yield return rows;
        }
    }

    private IEnumerable<ReadOnlyMemory<int>> Deal(int[] order)
    {
        for (var batch = 0; batch < Count; batch++)
        {
            var start = batch * _options.Size;
            var isLast = batch == Count - 1 && !_options.DropLast;
            yield return order.AsMemory(start, isLast ? _rows - start : _options.Size);
        }
    }

    private bool JoinsTheOneBefore(int rest) => rest < _options.Fewest && _rows > _options.Size;

    private int[] Order(int epoch)
    {
        if (_options.Shuffle) return new CounterRandom(_options.Seed, "shuffle", (ulong)epoch).Permutation(_rows);
        var order = new int[_rows];
        for (var row = 0; row < _rows; row++) order[row] = row;
        return order;
    }
}
