namespace Gradus.Data;

/// <summary>From batches to batches. Nothing is read until a batch is asked for.</summary>
public static partial class BatchSources
{
    /// <summary>Some samples, in the given order, repeated or not.</summary>
    /// <param name="source">The batches.</param>
    /// <param name="rows">The numbers of the samples, 0 to <c>source.Count</c> − 1, which are copied; in the result they are 0, 1, 2, ….</param>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    public static IBatchSource<TBatch> Select<TBatch>(this IBatchSource<TBatch> source, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Selected<TBatch>(source, RowNumbers.Checked(rows, source.Count));
    }

    /// <summary>The first samples, at most as many as there are.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 0.</exception>
    public static IBatchSource<TBatch> Take<TBatch>(this IBatchSource<TBatch> source, int count)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Selected<TBatch>(source, RowNumbers.First(count, source.Count));
    }

    /// <summary>All samples but the first.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 0.</exception>
    public static IBatchSource<TBatch> Skip<TBatch>(this IBatchSource<TBatch> source, int count)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Selected<TBatch>(source, RowNumbers.After(count, source.Count));
    }

    /// <summary>The samples in an order that follows from the seed, the same in each epoch. One for each epoch is an <see cref="IBatchOrder"/>'s.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    public static IBatchSource<TBatch> Shuffle<TBatch>(this IBatchSource<TBatch> source, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Selected<TBatch>(source, RowNumbers.Shuffled(source.Count, seed));
    }

    /// <summary>Deals the samples at random to parts that share none: <c>source.Split([0.8, 0.1, 0.1], seed: 1)</c>.</summary>
    /// <param name="source">The batches.</param>
    /// <param name="shares">The part of the samples for each, above 0, in sum at most 1; the rest is left out. Numbers of samples are rounded.</param>
    /// <param name="seed">The seed of the order. Default: 0.</param>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">A share is not above 0, the shares make up more than 1, or a part would have no sample.</exception>
    public static IBatchSource<TBatch>[] Split<TBatch>(this IBatchSource<TBatch> source, ReadOnlySpan<double> shares, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Array.ConvertAll(RowNumbers.Shared(source.Count, shares, seed), rows => (IBatchSource<TBatch>)new Selected<TBatch>(source, rows));
    }

    /// <summary>Each batch as a function gives it. The function is called at each reading, on several threads at a time where batches are read ahead.</summary>
    /// <typeparam name="TBatch">What a batch was.</typeparam>
    /// <typeparam name="TResult">What it becomes.</typeparam>
    public static IBatchSource<TResult> Map<TBatch, TResult>(this IBatchSource<TBatch> source, Func<TBatch, TResult> function)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(function);
        return new Mapped<TBatch, TResult>(source, (batch, _, _) => function(batch));
    }

    /// <summary>
    /// Each batch as a function of it, the numbers of its samples and the epoch gives it. What is random about a sample is drawn from
    /// <see cref="SampleRandom"/>, so that it does not depend on what was read before.
    /// </summary>
    /// <typeparam name="TBatch">What a batch was.</typeparam>
    /// <typeparam name="TResult">What it becomes.</typeparam>
    public static IBatchSource<TResult> Map<TBatch, TResult>(this IBatchSource<TBatch> source, Func<TBatch, ReadOnlySpan<int>, int, TResult> function)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(function);
        return new Mapped<TBatch, TResult>(source, function);
    }

    /// <summary>The batches of two sources side by side.</summary>
    /// <typeparam name="TFirst">What a batch of the first source is.</typeparam>
    /// <typeparam name="TSecond">What a batch of the second is.</typeparam>
    /// <exception cref="ArgumentException">The sources have different numbers of samples.</exception>
    public static IBatchSource<(TFirst First, TSecond Second)> Zip<TFirst, TSecond>(this IBatchSource<TFirst> source, IBatchSource<TSecond> second) =>
        source.Zip(second, static (first, second) => (First: first, Second: second));

    /// <summary>The batches of two sources side by side, as a function gives them.</summary>
    /// <typeparam name="TFirst">What a batch of the first source is.</typeparam>
    /// <typeparam name="TSecond">What a batch of the second is.</typeparam>
    /// <typeparam name="TResult">What both become.</typeparam>
    /// <exception cref="ArgumentException">The sources have different numbers of samples.</exception>
    public static IBatchSource<TResult> Zip<TFirst, TSecond, TResult>(
        this IBatchSource<TFirst> source, IBatchSource<TSecond> second, Func<TFirst, TSecond, TResult> function)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(function);
        CheckCounts(source.Count, second.Count);
        return new Mapped<TFirst, TResult>(source, (first, rows, epoch) => function(first, second.Read(rows, epoch)));
    }

    /// <exception cref="ArgumentException">Two sources have different numbers of samples.</exception>
    internal static void CheckCounts(int first, int second)
    {
        if (first != second) throw new ArgumentException($"zip: sources of {first} and {second} samples; expected the same number of both.", nameof(second));
    }

    private sealed class Selected<TBatch>(IBatchSource<TBatch> source, int[] rows) : IBatchSource<TBatch>
    {
        public int Count => rows.Length;

        public TBatch Read(ReadOnlySpan<int> selected, int epoch) => source.Read(Inputs.Gather(rows, 1, selected), epoch);
    }

    private sealed class Mapped<TBatch, TResult>(IBatchSource<TBatch> source, Func<TBatch, ReadOnlySpan<int>, int, TResult> function) : IBatchSource<TResult>
    {
        public int Count => source.Count;

        public TResult Read(ReadOnlySpan<int> rows, int epoch) => function(source.Read(rows, epoch), rows, epoch);
    }
}
