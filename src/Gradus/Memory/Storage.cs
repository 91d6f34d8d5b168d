using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gradus;

/// <summary>The memory behind one or more tensors, counted by references.</summary>
/// <remarks>
/// A single number lies in this object itself: one object less for each scalar. Up to 256 bytes it is a plain managed array that the collector owns. Above, it
/// is a pinned buffer of the pool, which goes back there when the last reference is released — unless a span over it was given away: then it is left to the
/// collector, since a buffer used again under a live span would change its values.
/// </remarks>
internal sealed class Storage
{
    private const int SmallBytes = 256;

    // A byte[], the pool's CacheLine[] viewed as one (only the address of its first element is ever taken), or null where the number is here.
    private readonly byte[]? _bytes;
    private readonly byte _start;
    private long _number;
    private int _references = 1;
    private bool _exported;

    private Storage(long length)
    {
        Length = (nint)length;
        if (length <= SmallBytes)
        {
            if (length > sizeof(long)) _bytes = new byte[length];
            return;
        }

        _bytes = Unsafe.As<byte[]>(BufferPool.Rent(length));
        unsafe
        {
            var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
            _start = (byte)((64 - (address & 63)) & 63);
        }
    }

    /// <summary>Bytes.</summary>
    public nint Length { get; }

    /// <summary>Whether the memory belongs to the pool, so that somebody must release it.</summary>
    public bool IsPooled => Length > SmallBytes;

    /// <summary>Counts the changes made in place: what was saved for the backward pass is only valid at the version it was saved at.</summary>
    public int Version { get; private set; }

    /// <summary>The call that made the last change in place.</summary>
    public string? LastChange { get; private set; }

    /// <summary>Whether nobody else holds this storage, so that the engine may write into it. Never true of small storage, which is not counted.</summary>
    public bool IsSole => IsPooled && Volatile.Read(ref _references) == 1 && !_exported;

    /// <summary>The first byte.</summary>
    public ref byte Origin
    {
        get
        {
            if (_bytes is null) return ref Unsafe.As<long, byte>(ref _number);
            return ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_bytes), _start);
        }
    }

    private CacheLine[] Buffer => Unsafe.As<CacheLine[]>(_bytes!);

    /// <summary>Holds memory that is not the pool's in place until the handle is freed.</summary>
    public PinnedGCHandle<object> Pin() => new(_bytes ?? (object)this);

    /// <summary>Memory for a number of bytes, undefined at first if it is large, zero if it is small.</summary>
    public static Storage Allocate(long length) => new(length);

    /// <summary>One more holder.</summary>
    public void AddReference()
    {
        if (IsPooled) Interlocked.Increment(ref _references);
    }

    /// <summary>One more holder, unless the last one has gone already.</summary>
    public bool TryAddReference()
    {
        if (!IsPooled) return true;
        var references = Volatile.Read(ref _references);
        while (references > 0)
        {
            var before = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (before == references) return true;
            references = before;
        }

        return false;
    }

    /// <summary>One holder less; the last one gives the memory back.</summary>
    public void Release()
    {
        if (!IsPooled || Interlocked.Decrement(ref _references) != 0) return;
        if (_exported) BufferPool.Forget(Buffer);
        else BufferPool.Return(Buffer);
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
