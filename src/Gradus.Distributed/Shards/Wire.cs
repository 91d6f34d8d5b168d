namespace Gradus.Distributed;

/// <summary>How the vectors of one sum go between ranks: begun one by one, then looked after together. Counts their bytes.</summary>
internal abstract class Wire(ICommunicator communicator, WireBytes bytes)
{
    private readonly List<Transfer> _transfers = [];
    private int _done;

    /// <summary>Whether all that was begun is done; then what was received is there.</summary>
    public bool IsDone
    {
        get
        {
            while (_done < _transfers.Count && _transfers[_done].IsDone) _done++;
            if (_done < _transfers.Count) return false;
            if (_done > 0) Complete();
            return true;
        }
    }

    protected ICommunicator Communicator => communicator;

    public void Send(Memory<float> values, int to, int tag)
    {
        if (values.IsEmpty) return;
        _transfers.Add(BeginSend(values, to, tag, out var count));
        bytes.Sent += count;
    }

    public void Receive(Memory<float> values, int from, int tag)
    {
        if (values.IsEmpty) return;
        _transfers.Add(BeginReceive(values, from, tag, out var count));
        bytes.Received += count;
    }

    /// <summary>Waits until all that was begun is done.</summary>
    public void Wait()
    {
        for (; _done < _transfers.Count; _done++) _transfers[_done].Wait();
        if (_done > 0) Complete();
    }

    /// <summary>Gives values the bits that others receive of them.</summary>
    public abstract void Round(Span<float> values);

    protected abstract Transfer BeginSend(Memory<float> values, int to, int tag, out long bytes);

    protected abstract Transfer BeginReceive(Memory<float> values, int from, int tag, out long bytes);

    /// <summary>What is to be done when all transfers are.</summary>
    protected virtual void Complete()
    {
        _transfers.Clear();
        _done = 0;
    }
}
