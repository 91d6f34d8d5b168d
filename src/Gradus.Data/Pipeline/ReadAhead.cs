namespace Gradus.Data;

/// <summary>Threads that read the batches of an epoch, at most so many ahead of whoever takes them.</summary>
/// <remarks>
/// The threads know this object and not the enumerator that takes the batches: an enumerator that is dropped is found by the collector, and stops them.
/// </remarks>
internal sealed class ReadAhead<TBatch>
{
    private readonly object _gate = new();
    private readonly IBatchSource<TBatch> _source;
    private readonly IEnumerator<ReadOnlyMemory<int>> _order;
    private readonly int _epoch;
    private readonly int _from;

    // Batch n waits at n modulo the length.
    private readonly ReadBatch<TBatch>?[] _waiting;
    private readonly Thread[] _threads;
    private int _begun;
    private int _taken;
    private int _running;
    private bool _isEnd;
    private bool _isStopped;

    public ReadAhead(IBatchSource<TBatch> source, IEnumerator<ReadOnlyMemory<int>> order, int epoch, int from, int threads, int ahead)
    {
        (_source, _order, _epoch, _from, _waiting) = (source, order, epoch, from, new ReadBatch<TBatch>?[ahead]);
        _threads = new Thread[threads];
        for (var index = 0; index < threads; index++)
        {
            _threads[index] = new Thread(Work) { IsBackground = true, Name = $"Gradus reader {index + 1}" };
        }
    }

    /// <summary>Starts the threads.</summary>
    public void Start()
    {
        foreach (var thread in _threads)
        {
            lock (_gate) _running++;
            try
            {
                thread.Start();
            }
            catch
            {
                Leave();
                Stop();
                throw;
            }
        }
    }

    /// <summary>Waits for the next batch and takes it; null behind the last one, and where reading was stopped.</summary>
    public ReadBatch<TBatch>? Next()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_isStopped) return null;
                ref var place = ref _waiting[_taken % _waiting.Length];
                if (place is { } batch)
                {
                    place = null;
                    _taken++;
                    Monitor.PulseAll(_gate);
                    return batch;
                }

                if (_isEnd && _taken == _begun) return null;
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Tells the threads to end, and does not wait for it.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
            if (_running == 0) Abandon();
        }
    }

    /// <summary>Waits until the threads have ended.</summary>
    public void Join()
    {
        foreach (var thread in _threads)
        {
            if ((thread.ThreadState & ThreadState.Unstarted) == 0) thread.Join();
        }
    }

    private void Work()
    {
        while (Begin(out var batch, out var rows)) End(batch, ReadBatch<TBatch>.Of(_source, rows, _epoch, _from + batch));
        Leave();
    }

    /// <summary>Waits for room and gives the next batch to read; false where there is none.</summary>
    private bool Begin(out int batch, out ReadOnlyMemory<int> rows)
    {
        lock (_gate)
        {
            (batch, rows) = (_begun, default);
            while (!_isStopped && !_isEnd && _begun - _taken == _waiting.Length) Monitor.Wait(_gate);
            if (_isStopped || _isEnd) return false;
            batch = _begun;
            try
            {
                _isEnd = !_order.MoveNext();
                if (!_isEnd) rows = _order.Current;
            }
            catch (Exception error)
            {
                _begun++;
                End(batch, new ReadBatch<TBatch>(error));
                return false;
            }

            if (_isEnd) Monitor.PulseAll(_gate);
            else _begun++;
            return !_isEnd;
        }
    }

    private void End(int batch, ReadBatch<TBatch> read)
    {
        lock (_gate)
        {
            _waiting[batch % _waiting.Length] = read;
            _isEnd |= read.IsFault;
            Monitor.PulseAll(_gate);
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_running > 0) return;
            _order.Dispose();
            if (_isStopped) Abandon();
        }
    }

    private void Abandon()
    {
        foreach (var batch in _waiting) batch?.Abandon();
        Array.Clear(_waiting);
    }
}
