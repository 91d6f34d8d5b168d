namespace Gradus.Distributed;

/// <summary>Ranks that are threads of one process: for tests, and for trying out without MPI.</summary>
public sealed unsafe class InProcessCommunicator : ICommunicator
{
    private readonly InProcessGroup _group;
    private readonly TimeSpan _timeout;

    private InProcessCommunicator(InProcessGroup group, int rank, TimeSpan timeout) => (_group, Rank, _timeout) = (group, rank, timeout);

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size => _group.Size;

    /// <summary>The communicators of some ranks, each for a thread of its own.</summary>
    /// <param name="size">How many.</param>
    /// <param name="options">How ranks wait for each other.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are fewer than one.</exception>
    public static IReadOnlyList<ICommunicator> Create(int size, CommunicatorOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var (group, timeout) = (new InProcessGroup(size), (options ?? new()).Validated().Timeout);
        return [.. Enumerable.Range(0, size).Select(rank => new InProcessCommunicator(group, rank, timeout))];
    }

    /// <summary>Does the work of some ranks, each on a thread of its own. Where one fails, the others end where they wait.</summary>
    /// <param name="size">How many.</param>
    /// <param name="work">The work of a rank.</param>
    /// <param name="options">How ranks wait for each other.</param>
    /// <returns>The results, in the order of the ranks.</returns>
    /// <exception cref="AggregateException">Some failed; the first exception is that of the rank that failed first.</exception>
    public static IReadOnlyList<TResult> Run<TResult>(int size, Func<ICommunicator, TResult> work, CommunicatorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        var (results, failures) = (new TResult[size], new List<Exception>());
        var threads = Create(size, options).Select(communicator => new Thread(() =>
        {
            try
            {
                results[communicator.Rank] = work(communicator);
            }
            catch (Exception exception)
            {
                lock (failures) failures.Add(exception);
                communicator.Abort(exception.Message);
            }
        })
        {
            Name = $"rank {communicator.Rank}",
            IsBackground = true,
        }).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return failures.Count == 0 ? results : throw new AggregateException(failures);
    }

    /// <inheritdoc/>
    public Transfer Send<T>(ReadOnlyMemory<T> data, int to, int tag) where T : unmanaged
    {
        Collectives.Validate(this, to, tag);
        return Post(new InProcessTransfer(_group, to, isSend: true, data.Pin(), (long)data.Length * sizeof(T), _timeout), tag);
    }

    /// <inheritdoc/>
    public Transfer Receive<T>(Memory<T> data, int from, int tag) where T : unmanaged
    {
        Collectives.Validate(this, from, tag);
        return Post(new InProcessTransfer(_group, from, isSend: false, data.Pin(), (long)data.Length * sizeof(T), _timeout), tag);
    }

    /// <inheritdoc/>
    public void Abort(string reason) => _group.Abort(FormattableString.Invariant($"rank {Rank} of {Size}: {reason}"));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private InProcessTransfer Post(InProcessTransfer transfer, int tag)
    {
        _group.Post(transfer, Rank, tag);
        return transfer;
    }
}
