using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gradus;

/// <summary>The memory behind one or more tensors, counted by references.</summary>
/// <remarks>
/// Up to 256 bytes it is a plain managed array that the collector owns. Above, it is a pinned buffer of the pool, which goes back there when the last reference is
/// released — unless a span over it was given away: then it is left to the collector, since a buffer used again under a live span would change its values.
/// </remarks>
internal sealed class Storage
{
    private const int SmallBytes = 256;

    // A CacheLine[] is viewed as byte[] too: only the address of its first element is ever taken.
    private readonly byte[] _bytes;
    private readonly CacheLine[]? _buffer;
    private readonly nint _start;
    private int _references = 1;
    private bool _exported;

    private Storage(long length)
    {
        Length = (nint)length;
        if (length <= SmallBytes)
        {
            _bytes = new byte[length];
            return;
        }

        _buffer = BufferPool.Rent(length);
        _bytes = Unsafe.As<byte[]>(_buffer);
        unsafe
        {
            var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
            _start = (64 - (address & 63)) & 63;
        }
    }

    /// <summary>Bytes.</summary>
    public nint Length { get; }

    /// <summary>Whether the memory belongs to the pool, so that somebody must release it.</summary>
    public bool IsPooled => _buffer is not null;

    /// <summary>Counts the changes made in place: what was saved for the backward pass is only valid at the version it was saved at.</summary>
    public int Version { get; private set; }

    /// <summary>The call that made the last change in place.</summary>
    public string? LastChange { get; private set; }

    /// <summary>Whether nobody else holds this storage, so that the engine may write into it. Never true of small storage, which is not counted.</summary>
    public bool IsSole => _buffer is not null && Volatile.Read(ref _references) == 1 && !_exported;

    /// <summary>The first byte.</summary>
    public ref byte Origin => ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_bytes), _start);

    /// <summary>Holds memory that is not the pool's in place until the handle is freed.</summary>
    public GCHandle Pin() => GCHandle.Alloc(_bytes, GCHandleType.Pinned);

    /// <summary>Memory for a number of bytes, undefined at first if it is large, zero if it is small.</summary>
    public static Storage Allocate(long length) => new(length);

    /// <summary>One more holder.</summary>
    public void AddReference()
    {
        if (_buffer is not null) Interlocked.Increment(ref _references);
    }

    /// <summary>One holder less; the last one gives the memory back.</summary>
    public void Release()
    {
        if (_buffer is null || Interlocked.Decrement(ref _references) != 0) return;
        if (_exported) BufferPool.Forget(_buffer);
        else BufferPool.Return(_buffer);
    }

    /// <summary>Notes that a span over this memory has been given away.</summary>
    public void Export() => _exported = true;

    /// <summary>Notes a change in place.</summary>
    public void Touch(string change)
    {
        Version++;
        LastChange = change;
    }
}
