namespace Gradus.Distributed;

/// <summary>Vectors as they are, without a copy.</summary>
internal sealed class SingleWire(ICommunicator communicator, WireBytes bytes) : Wire(communicator, bytes)
{
    public override void Round(Span<float> values)
    {
    }

    protected override Transfer BeginSend(Memory<float> values, int to, int tag, out long bytes)
    {
        bytes = sizeof(float) * (long)values.Length;
        return Communicator.Send<float>(values, to, tag);
    }

    protected override Transfer BeginReceive(Memory<float> values, int from, int tag, out long bytes)
    {
        bytes = sizeof(float) * (long)values.Length;
        return Communicator.Receive(values, from, tag);
    }
}
