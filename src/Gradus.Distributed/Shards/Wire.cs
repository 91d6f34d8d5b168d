namespace Gradus.Distributed;

/// <summary>How vectors go between ranks: begun one by one, then waited for together. Counts their bytes.</summary>
internal abstract class Wire(ICommunicator communicator)
{
    private readonly List<Transfer> _transfers = [];

    public long BytesSent { get; private set; }

    public long BytesReceived { get; private set; }

    protected ICommunicator Communicator => communicator;

    public void Send(Memory<float> values, int to, int tag)
    {
        if (values.IsEmpty) return;
        _transfers.Add(BeginSend(values, to, tag, out var bytes));
        BytesSent += bytes;
    }

    public void Receive(Memory<float> values, int from, int tag)
    {
        if (values.IsEmpty) return;
        _transfers.Add(BeginReceive(values, from, tag, out var bytes));
        BytesReceived += bytes;
    }

    /// <summary>Waits until all that was begun is done.</summary>
    public virtual void Wait()
    {
        foreach (var transfer in _transfers) transfer.Wait();
        _transfers.Clear();
    }

    /// <summary>Gives values the bits that others receive of them.</summary>
    public abstract void Round(Span<float> values);

    protected abstract Transfer BeginSend(Memory<float> values, int to, int tag, out long bytes);

    protected abstract Transfer BeginReceive(Memory<float> values, int from, int tag, out long bytes);
}
