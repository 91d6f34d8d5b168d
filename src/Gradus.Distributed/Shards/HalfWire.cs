using System.Numerics.Tensors;

namespace Gradus.Distributed;

/// <summary>Vectors as numbers of 16 bits, rounded to the nearest; in buffers that are kept for the next time.</summary>
internal sealed class HalfWire(ICommunicator communicator, WireBytes bytes) : Wire(communicator, bytes)
{
    private const int HalfBytes = 2;

    private readonly List<Half[]> _buffers = [];
    private readonly List<(Memory<float> Values, Half[] Buffer)> _received = [];
    private int _taken;

    public override void Round(Span<float> values)
    {
        var buffer = Take(values.Length);
        TensorPrimitives.ConvertToHalf(values, buffer);
        TensorPrimitives.ConvertToSingle(buffer.AsSpan(0, values.Length), values);
    }

    protected override Transfer BeginSend(Memory<float> values, int to, int tag, out long bytes)
    {
        var buffer = Take(values.Length);
        TensorPrimitives.ConvertToHalf(values.Span, buffer);
        bytes = HalfBytes * (long)values.Length;
        return Communicator.Send<Half>(buffer.AsMemory(0, values.Length), to, tag);
    }

    protected override Transfer BeginReceive(Memory<float> values, int from, int tag, out long bytes)
    {
        var buffer = Take(values.Length);
        _received.Add((values, buffer));
        bytes = HalfBytes * (long)values.Length;
        return Communicator.Receive(buffer.AsMemory(0, values.Length), from, tag);
    }

    protected override void Complete()
    {
        base.Complete();
        foreach (var (values, buffer) in _received) TensorPrimitives.ConvertToSingle(buffer.AsSpan(0, values.Length), values.Span);
        _received.Clear();
        _taken = 0;
    }

    /// <summary>A buffer that is free until all transfers are done, at least as long: the n-th since then is the n-th of the last time.</summary>
    private Half[] Take(int length)
    {
        if (_taken == _buffers.Count) _buffers.Add([]);
        if (_buffers[_taken].Length < length) _buffers[_taken] = GC.AllocateUninitializedArray<Half>(length, pinned: true);
        return _buffers[_taken++];
    }
}
