namespace Gradus.Data;

/// <summary>Reads the batches of an order, ahead on threads of its own if so told. See <see cref="BatchSources.Prefetch"/>.</summary>
/// <remarks>
/// For any number of threads the same batches come in the same order, and tensors in them belong to the <see cref="TensorScope"/> of the thread that takes
/// the batch, if any, as if it had read the batch itself.
/// </remarks>
/// <typeparam name="TBatch">What a batch is.</typeparam>
public sealed class BatchReader<TBatch>
{
    private readonly IBatchSource<TBatch> _source;
    private readonly IBatchOrder _order;
    private readonly int _workers;
    private readonly int _ahead;

    internal BatchReader(IBatchSource<TBatch> source, IBatchOrder order, PrefetchOptions options)
    {
        if (options.Workers is < 0 or > 256)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Workers, "Batches are read by 0 to 256 threads.");
        }

        if (options.Ahead < 1) throw new ArgumentOutOfRangeException(nameof(options), options.Ahead, "At least one batch is read ahead.");
        (_source, _order, _workers, _ahead) = (source, order, options.Workers, options.Ahead ?? Math.Max(1, 2 * options.Workers));
    }

    /// <summary>Number of batches per epoch.</summary>
    public int Count => _order.Count;

    /// <summary>
    /// The batches of one epoch, from a position on. Each enumeration has threads of its own, from its beginning to its end: dispose of the enumerator, as
    /// <c>foreach</c> does, and they are gone, as soon as each has read the batch that it is at.
    /// </summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="from">The position of the first batch, 0 to <see cref="Count"/>; those before it are not read. Default: 0.</param>
    /// <param name="cancellation">Ends the reading, and the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> or <paramref name="from"/> is out of range.</exception>
    /// <exception cref="BatchReadException">While enumerating: a batch could not be read. Those before it have been given.</exception>
    public IEnumerable<TBatch> Epoch(int epoch, int from = 0, CancellationToken cancellation = default)
    {
        BatchPlace.Check(epoch, from, Count);
        return _workers == 0 ? ReadHere(epoch, from, cancellation) : ReadAhead(epoch, from, cancellation);
    }

    private IEnumerable<TBatch> ReadHere(int epoch, int from, CancellationToken cancellation)
    {
        var batch = from;
        foreach (var rows in _order.Epoch(epoch, from))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return ReadBatch.Read(_source, rows, epoch, batch++);
        }
    }

    private IEnumerable<TBatch> ReadAhead(int epoch, int from, CancellationToken cancellation) => new ReadAheadBatches<TBatch>(() =>
    {
        var threads = Math.Min(_workers, Math.Max(1, Count - from));
        return new(new ReadAhead<TBatch>(_source, _order.Epoch(epoch, from).GetEnumerator(), epoch, from, threads, _ahead), cancellation);
    });
}
