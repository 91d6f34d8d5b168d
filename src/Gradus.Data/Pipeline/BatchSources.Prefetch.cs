namespace Gradus.Data;

public static partial class BatchSources
{
    /// <summary>
    /// Reads the batches of an order ahead: <c>foreach (var batch in data.Prefetch(order, new() { Workers = 2 }).Epoch(0))</c>. The batches and their order
    /// are the same for any number of threads.
    /// </summary>
    /// <param name="source">Where batches come from; it is read on several threads at a time.</param>
    /// <param name="order">Which samples make up a batch.</param>
    /// <param name="options">How many threads read, and how far ahead. Default: null, those of <see cref="PrefetchOptions"/>.</param>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static BatchReader<TBatch> Prefetch<TBatch>(this IBatchSource<TBatch> source, IBatchOrder order, PrefetchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(order);
        return new(source, order, options ?? new PrefetchOptions());
    }
}
