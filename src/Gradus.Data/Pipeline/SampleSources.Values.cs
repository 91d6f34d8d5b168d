namespace Gradus.Data;

public static partial class SampleSources
{
    /// <summary>
    /// Each sample as a function gives it. The function is called at each reading, on several threads at a time where batches are read ahead.
    /// </summary>
    /// <typeparam name="T">What a sample was.</typeparam>
    /// <typeparam name="TResult">What it becomes.</typeparam>
    public static ISampleSource<TResult> Map<T, TResult>(this ISampleSource<T> source, Func<T, TResult> function)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(function);
        return new Mapped<T, TResult>(source, (sample, _, _) => function(sample));
    }

    /// <summary>
    /// Each sample as a function of it, its number and the epoch gives it. What is random is drawn from <see cref="SampleRandom"/>, so that it does not
    /// depend on what was read before.
    /// </summary>
    /// <typeparam name="T">What a sample was.</typeparam>
    /// <typeparam name="TResult">What it becomes.</typeparam>
    public static ISampleSource<TResult> Map<T, TResult>(this ISampleSource<T> source, Func<T, int, int, TResult> function)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(function);
        return new Mapped<T, TResult>(source, function);
    }

    /// <summary>The samples of two sources side by side.</summary>
    /// <typeparam name="TFirst">What a sample of the first source is.</typeparam>
    /// <typeparam name="TSecond">What a sample of the second is.</typeparam>
    /// <exception cref="ArgumentException">The sources have different numbers of samples.</exception>
    public static ISampleSource<(TFirst First, TSecond Second)> Zip<TFirst, TSecond>(this ISampleSource<TFirst> source, ISampleSource<TSecond> second) =>
        source.Zip(second, static (first, second) => (First: first, Second: second));

    /// <summary>The samples of two sources side by side, as a function gives them.</summary>
    /// <typeparam name="TFirst">What a sample of the first source is.</typeparam>
    /// <typeparam name="TSecond">What a sample of the second is.</typeparam>
    /// <typeparam name="TResult">What both become.</typeparam>
    /// <exception cref="ArgumentException">The sources have different numbers of samples.</exception>
    public static ISampleSource<TResult> Zip<TFirst, TSecond, TResult>(
        this ISampleSource<TFirst> source, ISampleSource<TSecond> second, Func<TFirst, TSecond, TResult> function)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(function);
        BatchSources.CheckCounts(source.Count, second.Count);
        return new Mapped<TFirst, TResult>(source, (first, row, epoch) => function(first, second.Read(row, epoch)));
    }

    /// <summary>
    /// Keeps each sample in memory when it has been read once, as it is in epoch 0: what is random from epoch to epoch, such as augmentation, comes after
    /// the cache. A sample that several threads ask for at once is read once; one that cannot be read is tried anew when it is asked for again.
    /// </summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    public static ISampleSource<T> Cache<T>(this ISampleSource<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Cached<T>(source);
    }

    private sealed class Mapped<T, TResult>(ISampleSource<T> source, Func<T, int, int, TResult> function) : ISampleSource<TResult>
    {
        public int Count => source.Count;

        public TResult Read(int row, int epoch) => function(source.Read(row, epoch), row, epoch);
    }

    private sealed class Cached<T>(ISampleSource<T> source) : ISampleSource<T>
    {
        private readonly T[] _samples = new T[source.Count];
        private readonly bool[] _isRead = new bool[source.Count];

        // A sample is read under the lock of its number, so that others may be read meanwhile.
        private readonly Lock[] _locks = [.. Enumerable.Range(0, 64).Select(static _ => new Lock())];

        public int Count => _samples.Length;

        public T Read(int row, int epoch)
        {
            Inputs.CheckRow(row, Count);
            if (Volatile.Read(ref _isRead[row])) return _samples[row];
            lock (_locks[row % _locks.Length])
            {
                if (_isRead[row]) return _samples[row];

                // A tensor that is kept must not end with the scope of whoever asked first.
                using (TensorScope.Suspend())
                {
                    _samples[row] = source.Read(row, epoch: 0);
                }

                Volatile.Write(ref _isRead[row], true);
                return _samples[row];
            }
        }
    }
}
