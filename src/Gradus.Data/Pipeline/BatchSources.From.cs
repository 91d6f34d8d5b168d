namespace Gradus.Data;

/// <summary>Sources of batches.</summary>
public static partial class BatchSources
{
    /// <summary>Batches that a function makes of the numbers of their samples: of tensors in memory, by <see cref="Tensor.IndexSelect"/>.</summary>
    /// <remarks>
    /// <code>
    /// var pairs = BatchSources.From(512, rows => new Pair(better.IndexSelect(0, rows), worse.IndexSelect(0, rows)));
    /// </code>
    /// </remarks>
    /// <param name="count">Number of samples.</param>
    /// <param name="read">
    /// Gets the numbers, i32 [samples], each 0 to <paramref name="count"/> − 1. Called from several threads at a time where batches are read ahead.
    /// </param>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 0.</exception>
    public static IBatchSource<TBatch> From<TBatch>(int count, Func<Tensor, TBatch> read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(read);
        return new Chosen<TBatch>(count, read);
    }

    private sealed class Chosen<TBatch>(int count, Func<Tensor, TBatch> read) : IBatchSource<TBatch>
    {
        public int Count => count;

        public TBatch Read(ReadOnlySpan<int> rows, int epoch) => read(Tensor.From(rows, [rows.Length]));
    }
}
