namespace Gradus.Distributed;

/// <summary>The messages between threads that have been begun on one side only.</summary>
internal sealed class InProcessGroup(int size)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(int From, int To, int Tag), Queue<InProcessTransfer>> _open = [];
    private volatile string? _reason;

    public int Size => size;

    /// <exception cref="GradusException">A rank has ended all.</exception>
    public void ThrowIfAborted()
    {
        if (_reason is { } reason) throw new GradusException(reason);
    }

    /// <summary>Ends all ranks; the first reason stays.</summary>
    public void Abort(string reason)
    {
        lock (_lock) _reason ??= reason;
    }

    /// <summary>Brings a transfer together with its other side, or keeps it until that comes.</summary>
    public void Post(InProcessTransfer transfer, int rank, int tag)
    {
        InProcessTransfer? other = null;
        lock (_lock)
        {
            var key = transfer.IsSend ? (rank, transfer.Peer, tag) : (transfer.Peer, rank, tag);
            if (!_open.TryGetValue(key, out var queue)) _open.Add(key, queue = []);
            // What waits is all sent, or all to be received: each comes with its other side as soon as both are there.
            if (queue.TryPeek(out var first) && first.IsSend != transfer.IsSend) other = queue.Dequeue();
            else queue.Enqueue(transfer);
        }

        if (other is null) return;
        if (transfer.IsSend) other.Take(transfer);
        else transfer.Take(other);
    }
}
