namespace Gradus.Data;

public static partial class SampleSources
{
    /// <summary>Some samples, in the given order, repeated or not.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="rows">Their numbers, 0 to <c>source.Count</c> − 1, which are copied; in the result they are 0, 1, 2, ….</param>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    public static ISampleSource<T> Select<T>(this ISampleSource<T> source, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Selected<T>(source, RowNumbers.Checked(rows, source.Count));
    }

    /// <summary>The first samples, at most as many as there are.</summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 0.</exception>
    public static ISampleSource<T> Take<T>(this ISampleSource<T> source, int count)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Selected<T>(source, RowNumbers.First(count, source.Count));
    }

    /// <summary>All samples but the first.</summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 0.</exception>
    public static ISampleSource<T> Skip<T>(this ISampleSource<T> source, int count)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Selected<T>(source, RowNumbers.After(count, source.Count));
    }

    /// <summary>The samples in an order that follows from the seed, the same in each epoch. One for each epoch is an <see cref="IBatchOrder"/>'s.</summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    public static ISampleSource<T> Shuffle<T>(this ISampleSource<T> source, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Selected<T>(source, RowNumbers.Shuffled(source.Count, seed));
    }

    /// <summary>Deals the samples at random to parts that share none: <c>source.Split([0.8, 0.1, 0.1], seed: 1)</c>.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="shares">The part of the samples for each, above 0, in sum at most 1; the rest is left out. Numbers of samples are rounded.</param>
    /// <param name="seed">The seed of the order. Default: 0.</param>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">A share is not above 0, the shares make up more than 1, or a part would have no sample.</exception>
    public static ISampleSource<T>[] Split<T>(this ISampleSource<T> source, ReadOnlySpan<double> shares, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Array.ConvertAll(RowNumbers.Shared(source.Count, shares, seed), rows => (ISampleSource<T>)new Selected<T>(source, rows));
    }

    /// <summary>The samples for which a condition holds. Reads each sample once, now, as it is in epoch 0: where reading is slow, put a cache before.</summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    public static ISampleSource<T> Filter<T>(this ISampleSource<T> source, Func<T, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(condition);
        var kept = new List<int>();
        for (var row = 0; row < source.Count; row++)
        {
            if (condition(source.Read(row, epoch: 0))) kept.Add(row);
        }

        return new Selected<T>(source, [.. kept]);
    }

    /// <summary>The samples of several sources, one source after another.</summary>
    /// <typeparam name="T">What a sample is.</typeparam>
    /// <exception cref="ArgumentException">They are more samples than numbers from 0 to 2³¹ − 1 count.</exception>
    public static ISampleSource<T> Concat<T>(this ISampleSource<T> source, params ReadOnlySpan<ISampleSource<T>> others)
    {
        ArgumentNullException.ThrowIfNull(source);
        foreach (var other in others) ArgumentNullException.ThrowIfNull(other, nameof(others));
        return new Joined<T>([source, .. others]);
    }

    private sealed class Selected<T>(ISampleSource<T> source, int[] rows) : ISampleSource<T>
    {
        public int Count => rows.Length;

        public T Read(int row, int epoch) => source.Read(rows[Inputs.CheckRow(row, Count)], epoch);
    }

    private sealed class Joined<T> : ISampleSource<T>
    {
        private readonly ISampleSource<T>[] _sources;

        // Where each source ends.
        private readonly int[] _ends;

        public Joined(ISampleSource<T>[] sources)
        {
            _sources = sources;
            _ends = new int[sources.Length];
            var end = 0L;
            for (var index = 0; index < sources.Length; index++)
            {
                end += sources[index].Count;
                if (end > int.MaxValue) throw new ArgumentException($"concat: {end} samples are more than {int.MaxValue}. Take fewer.", nameof(sources));
                _ends[index] = (int)end;
            }
        }

        public int Count => _ends[^1];

        public T Read(int row, int epoch)
        {
            Inputs.CheckRow(row, Count);
            var index = 0;
            while (row >= _ends[index]) index++;
            return _sources[index].Read(index == 0 ? row : row - _ends[index - 1], epoch);
        }
    }
}
