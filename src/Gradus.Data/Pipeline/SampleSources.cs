namespace Gradus.Data;

/// <summary>From samples to samples and batches. Nothing is read until a sample is asked for, except where a method says so.</summary>
public static partial class SampleSources
{
    /// <summary>Batches of samples.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="collate">Makes a batch of some samples, in their order.</param>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <remarks>A sample that cannot be read is a <see cref="BatchReadException"/> with its number.</remarks>
    public static IBatchSource<TBatch> Batched<T, TBatch>(this ISampleSource<T> source, Func<IReadOnlyList<T>, TBatch> collate)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(collate);
        return new Collated<T, TBatch>(source, collate);
    }

    private sealed class Collated<T, TBatch>(ISampleSource<T> source, Func<IReadOnlyList<T>, TBatch> collate) : IBatchSource<TBatch>
    {
        public int Count => source.Count;

        public TBatch Read(ReadOnlySpan<int> rows, int epoch)
        {
            var samples = new T[rows.Length];
            for (var index = 0; index < samples.Length; index++) samples[index] = ReadSample(rows[index], epoch);
            return collate(samples);
        }

        private T ReadSample(int row, int epoch)
        {
            try
            {
                return source.Read(row, epoch);
            }
            catch (Exception error) when (error is not (OperationCanceledException or BatchReadException))
            {
                throw new BatchReadException(epoch, batch: null, row, error);
            }
        }
    }
}
