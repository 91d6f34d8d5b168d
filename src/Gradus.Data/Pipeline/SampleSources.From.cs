namespace Gradus.Data;

public static partial class SampleSources
{
    private const int ProgressStep = 1000;

    /// <summary>The elements of an array or a list, which is kept, not copied: do not change it while it is read.</summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    public static ISampleSource<T> From<T>(IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new Listed<T>(items);
    }

    /// <summary>The elements of a sequence, which is read into memory once, now.</summary>
    /// <param name="items">The samples.</param>
    /// <param name="options">How many to read, and whom to tell of it. Default: null, those of <see cref="ReadOptions"/>.</param>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 0.</exception>
    public static ISampleSource<T> From<T>(IEnumerable<T> items, ReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        var samples = new Gathered<T>(options);
        if (samples.IsFull) return samples.End();
        foreach (var item in items)
        {
            samples.Add(item);
            if (samples.IsFull) break;
        }

        return samples.End();
    }

    /// <summary>The elements of an asynchronous sequence, which is read into memory once.</summary>
    /// <param name="items">The samples.</param>
    /// <param name="options">How many to read, and whom to tell of it. Default: null, those of <see cref="ReadOptions"/>.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 0.</exception>
    public static Task<ISampleSource<T>> FromAsync<T>(IAsyncEnumerable<T> items, ReadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Gather(items, new Gathered<T>(options), cancellation);
    }

    private static async Task<ISampleSource<T>> Gather<T>(IAsyncEnumerable<T> items, Gathered<T> samples, CancellationToken cancellation)
    {
        if (samples.IsFull) return samples.End();
        await foreach (var item in items.WithCancellation(cancellation).ConfigureAwait(false))
        {
            cancellation.ThrowIfCancellationRequested();
            samples.Add(item);
            if (samples.IsFull) break;
        }

        return samples.End();
    }

    private sealed class Listed<T>(IReadOnlyList<T> items) : ISampleSource<T>
    {
        public int Count => items.Count;

        public T Read(int row, int epoch) => items[Inputs.CheckRow(row, Count)];
    }

    private sealed class Gathered<T>
    {
        private readonly List<T> _items = [];
        private readonly int _limit;
        private readonly IProgress<int>? _progress;

        public Gathered(ReadOptions? options)
        {
            options ??= new ReadOptions();
            if (options.Limit < 0) throw new ArgumentOutOfRangeException(nameof(options), options.Limit, "A limit is 0 or more samples, or null for all.");
            (_limit, _progress) = (options.Limit ?? int.MaxValue, options.Progress);
        }

        public bool IsFull => _items.Count >= _limit;

        public void Add(T item)
        {
            _items.Add(item);
            if (_items.Count % ProgressStep == 0) _progress?.Report(_items.Count);
        }

        public ISampleSource<T> End()
        {
            if (_items.Count % ProgressStep != 0 || _items.Count == 0) _progress?.Report(_items.Count);
            return new Listed<T>(_items);
        }
    }
}
