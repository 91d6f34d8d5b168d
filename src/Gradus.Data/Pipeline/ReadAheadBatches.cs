using System.Collections;

namespace Gradus.Data;

/// <summary>Batches that threads read ahead, new threads for each enumeration.</summary>
internal sealed class ReadAheadBatches<TBatch>(Func<ReadAheadEnumerator<TBatch>> begin) : IEnumerable<TBatch>
{
    public IEnumerator<TBatch> GetEnumerator() => begin();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Takes the batches that threads read ahead, and ends the threads: when disposed of, when canceled, and when dropped.</summary>
internal sealed class ReadAheadEnumerator<TBatch> : IEnumerator<TBatch>
{
    private readonly ReadAhead<TBatch> _ahead;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private TBatch? _current;
    private bool _isOver;

    public ReadAheadEnumerator(ReadAhead<TBatch> ahead, CancellationToken cancellation)
    {
        (_ahead, _cancellation) = (ahead, cancellation);
        ahead.Start();
        _registration = cancellation.UnsafeRegister(static ahead => ((ReadAhead<TBatch>)ahead!).Stop(), ahead);
    }

    // Nobody disposed of it: the threads end by themselves. A finalizer must not wait for a lock, since who holds it may wait for finalizers.
    ~ReadAheadEnumerator()
    {
        _registration.Unregister();
        ThreadPool.UnsafeQueueUserWorkItem(static ahead => ahead.Stop(), _ahead, preferLocal: false);
    }

    public TBatch Current => _current!;

    object? IEnumerator.Current => Current;

    public bool MoveNext()
    {
        _current = default;
        if (_isOver) return false;
        var batch = _ahead.Next();
        if (_cancellation.IsCancellationRequested || batch is null or { IsFault: true })
        {
            batch?.Abandon();
            Dispose();
            _cancellation.ThrowIfCancellationRequested();
        }

        if (batch is null) return false;
        _current = batch.Take();
        return true;
    }

    public void Reset() => throw new NotSupportedException("Batches are enumerated once; begin a new enumeration.");

    public void Dispose()
    {
        if (_isOver) return;
        _isOver = true;
        GC.SuppressFinalize(this);
        _registration.Dispose();
        _ahead.Stop();
        _ahead.Join();
    }
}
