using System.Buffers;
using System.Globalization;

namespace Gradus.Distributed;

/// <summary>One side of a message between two threads: whoever comes second copies it.</summary>
internal sealed unsafe class InProcessTransfer(InProcessGroup group, int peer, bool isSend, MemoryHandle memory, long bytes, TimeSpan timeout)
    : Transfer(peer, isSend, timeout)
{
    private MemoryHandle _memory = memory;
    private GradusException? _error;
    private volatile bool _isDone;

    private long Bytes => bytes;

    /// <summary>Takes the message of the other side; both are done.</summary>
    public void Take(InProcessTransfer sent)
    {
        if (sent.Bytes == bytes) Buffer.MemoryCopy(sent._memory.Pointer, _memory.Pointer, bytes, bytes);
        else _error = WrongSize(sent.Bytes.ToString(CultureInfo.InvariantCulture), bytes);
        sent.End();
        End();
    }

    protected override bool Poll()
    {
        if (_isDone) return _error is null ? true : throw _error;
        group.ThrowIfAborted();
        return false;
    }

    private void End()
    {
        _memory.Dispose();
        _isDone = true;
    }
}
