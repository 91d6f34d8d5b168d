namespace Gradus.Training;

/// <summary>A thread that computes a shard, and waits where another goes on in its place.</summary>
/// <remarks>It is kept from step to step, as are its buffers, and ends when it has had nothing to do for a while: nobody has to end it.</remarks>
internal sealed class ShardThread
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _goesOn = new(0);
    private bool _isThere;
    private Action _work = static () => { };
    private ExecutionContext? _context;
    private OperatorObserver? _observer;
    private GraphRecording? _recording;

    /// <summary>Gives it work, which begins with the next <see cref="GoOn"/>.</summary>
    /// <param name="work">What is done, as the calling thread would do it: with what flows to asynchronous work, and under the same observers.</param>
    /// <param name="isRecorded">Whether its graph is recorded, where the calling thread records.</param>
    public void Begin(Action work, bool isRecorded)
    {
        _work = work;
        (_context, _observer, _recording) = (ExecutionContext.Capture(), OperatorObserver.OfThread, isRecorded ? GraphRecording.Current : null);
    }

    /// <summary>Lets it go on.</summary>
    public void GoOn()
    {
        lock (_lock)
        {
            if (!_isThere) new Thread(Run) { IsBackground = true, Name = "Gradus shard" }.UnsafeStart();
            _isThere = true;
            _goesOn.Release();
        }
    }

    /// <summary>On the thread itself: waits for the next <see cref="GoOn"/>.</summary>
    public void Wait() => _goesOn.Wait();

    private void Run()
    {
        while (IsWanted())
        {
            if (_context is null) Work();
            else ExecutionContext.Run(_context, static thread => ((ShardThread)thread!).Work(), this);
        }
    }

    private bool IsWanted()
    {
        if (_goesOn.Wait(Idle)) return true;
        lock (_lock) return _isThere = _goesOn.Wait(0);
    }

    private void Work()
    {
        (OperatorObserver.OfThread, GraphRecording.Current) = (_observer, _recording);
        try
        {
            _work();
        }
        finally
        {
            (OperatorObserver.OfThread, GraphRecording.Current) = (null, null);
        }
    }
}
