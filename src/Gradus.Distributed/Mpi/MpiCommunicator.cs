using System.Buffers;
using System.Text;

namespace Gradus.Distributed;

/// <summary>Ranks that are processes, started by the <c>mpirun</c> of Open MPI on one machine or several.</summary>
/// <remarks>
/// The library is found when the program runs; what is compiled needs no MPI. Any thread may call it.
/// Source: MPI: A Message-Passing Interface Standard, version 3.1, 2015.
/// </remarks>
public sealed unsafe class MpiCommunicator : ICommunicator
{
    private const int MostHost = 256;
    private static readonly TimeSpan ShortTime = TimeSpan.FromSeconds(2);

    private static int s_isStarted;

    private readonly MpiLibrary _library;
    private readonly CommunicatorOptions _options;
    private Heartbeats? _heartbeats;
    private int _isEnded;

    private MpiCommunicator(MpiLibrary library, CommunicatorOptions options)
    {
        (_library, _options) = (library, options);
        int rank, size;
        library.Check(library.CommSetErrhandler(library.World, library.ErrorsReturn), "MPI_Comm_set_errhandler");
        library.Check(library.CommRank(library.World, &rank), "MPI_Comm_rank");
        library.Check(library.CommSize(library.World, &size), "MPI_Comm_size");
        (Rank, Size) = (rank, size);
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>Starts MPI, which a process can do once.</summary>
    /// <param name="options">How ranks wait for each other.</param>
    /// <returns>The communicator; to dispose it ends MPI, for which it waits for all ranks.</returns>
    /// <exception cref="GradusException">MPI is not installed, is not Open MPI, does not start, or was started before.</exception>
    public static MpiCommunicator Start(CommunicatorOptions? options = null)
    {
        options = (options ?? new()).Validated();
        var library = MpiLibrary.Load(MpiLibrary.Names);
        if (Interlocked.Exchange(ref s_isStarted, 1) == 1 || library.IsInitialized)
            throw new GradusException("MPI was started before; a process starts it once.");
        int provided;
        library.Check(library.InitThread(null, null, MpiLibrary.ThreadSerialized, &provided), "MPI_Init_thread");
        if (provided < MpiLibrary.ThreadSerialized)
            throw new GradusException("This Open MPI was built without threads (MPI_THREAD_SERIALIZED), which .NET needs. Install one that has them.");
        var communicator = new MpiCommunicator(library, options);
        if (Communicator.LaunchedSize is { } size && size != communicator.Size)
        {
            throw new GradusException(FormattableString.Invariant(
                $"The launcher started {size} processes, but Open MPI knows of {communicator.Size}. Start them by the mpirun of Open MPI, not of another."));
        }

        communicator.Listen();
        return communicator;
    }

    /// <inheritdoc/>
    public Transfer Send<T>(ReadOnlyMemory<T> data, int to, int tag) where T : unmanaged
    {
        Collectives.Validate(this, to, tag);
        return Begin(data.Pin(), (long)data.Length * sizeof(T), to, tag, isSend: true);
    }

    /// <inheritdoc/>
    public Transfer Receive<T>(Memory<T> data, int from, int tag) where T : unmanaged
    {
        Collectives.Validate(this, from, tag);
        return Begin(data.Pin(), (long)data.Length * sizeof(T), from, tag, isSend: false);
    }

    /// <inheritdoc/>
    public void Abort(string reason)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 1) return;
        Say(reason);
        _ = _library.Abort(_library.World, 1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 1) return;
        // All are done when this returns, so that MPI_Finalize, in which nobody would hear of a rank that is gone, has nothing to wait for.
        _heartbeats?.Dispose();
        void EndStuck(object? state) => EndHere("The work is done, but MPI does not end: a machine is down, or the network.");
        using var guard = _heartbeats is null ? null : new Timer(EndStuck, null, _options.HeartbeatTimeout, Timeout.InfiniteTimeSpan);
        lock (_library) _library.Check(_library.Finalize(), "MPI_Finalize");
    }

    private void Listen()
    {
        if (Size == 1 || _options.HeartbeatTimeout == Timeout.InfiniteTimeSpan) return;
        var (own, all) = (new byte[MostHost], new byte[MostHost * Size]);
        Encoding.UTF8.GetBytes(_options.Host, own);
        this.AllGather<byte>(own, all);
        string[] hosts = [.. Enumerable.Range(0, Size).Select(rank => Encoding.UTF8.GetString(all, rank * MostHost, MostHost).TrimEnd('\0'))];
        if (hosts.Distinct().Count() > 1) _heartbeats = new Heartbeats(this, hosts, _options.HeartbeatTimeout, EndHere);
    }

    /// <summary>Ends what runs on this machine. MPI_Abort would do it through mpirun, which may be out of reach, or wait for a machine that is.</summary>
    private void EndHere(string reason)
    {
        // Whoever reads standard error may be stuck as well.
        TryShortly(() => Say(reason));
        // Under another launcher, such as Slurm's, there is nothing but MPI_Abort.
        if (!LaunchDaemon.End()) TryShortly(() => _library.Abort(_library.World, 1));
        LaunchDaemon.ExitNow(1);
    }

    private static void TryShortly(Action action)
    {
        var thread = new Thread(() => action()) { IsBackground = true };
        thread.Start();
        thread.Join(ShortTime);
    }

    private void Say(string reason)
    {
        Console.Out.Flush();
        Console.Error.WriteLine(FormattableString.Invariant($"rank {Rank} of {Size}: {reason}"));
        Console.Error.Flush();
    }

    private MpiTransfer Begin(MemoryHandle memory, long bytes, int peer, int tag, bool isSend) =>
        new(_library, memory, bytes, peer, tag, isSend, _options);
}
