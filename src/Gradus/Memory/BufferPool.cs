using System.Runtime.InteropServices;
using Gradus.Kernels;

namespace Gradus;

/// <summary>64 bytes: the unit in which the pool hands out memory, and the alignment of it.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct CacheLine;

/// <summary>Pinned arrays, kept by size and used again, so that a training loop touches the same memory step after step.</summary>
/// <remarks>
/// Fresh arrays of 128 kB cost 56 µs each on the large-object heap, pooled ones 2–4 µs (measured). Buffers come back by reference counts: at once from
/// the engine, after a collection from tensors that the user dropped. So that those collections happen, the pool forces one of generation 1 whenever what is in
/// use has grown, over its lowest level since the last one, by 16 MB and by as much as the last one found alive (what a training step holds by right must not
/// count as dropped, or each step would collect), and one of generation 2 when it has doubled over the last full collection.
/// </remarks>
internal static class BufferPool
{
    private const long Slack = 16L << 20;

    private static readonly Bin[] Bins = CreateBins();
    private static readonly Lock Collecting = new();
    private static long s_inUse;
    private static long s_idle;
    private static long s_floor;
    private static long s_budget = Slack;
    private static long s_inUseAfterFull;

    /// <summary>Bytes of the buffers that are in somebody's hands.</summary>
    public static long BytesInUse => Interlocked.Read(ref s_inUse);

    /// <summary>A tensor of more bytes is refused: the memory that this process may have, and no more lines than an array holds.</summary>
    public static long MostBytes { get; set; } = Math.Min(
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is > 0 and var bytes ? bytes : long.MaxValue, 64L * (Array.MaxLength - 1L));

    /// <summary>Bytes of the buffers that wait to be used again.</summary>
    public static long BytesIdle => Interlocked.Read(ref s_idle);

    /// <summary>A pinned array of at least this many bytes beyond the line that alignment may cost. Its contents are undefined.</summary>
    public static CacheLine[] Rent(long bytes)
    {
        Demand(bytes);
        var bin = BinOf(bytes);
        var size = Bins[bin].Bytes;
        // Buffers that wait for a finalizer are all among those handed out above the floor.
        var floor = Volatile.Read(ref s_floor);
        if (Interlocked.Add(ref s_inUse, size) - floor > Volatile.Read(ref s_budget)) Collect();
        if (Bins[bin].TryTake() is { } pooled)
        {
            Interlocked.Add(ref s_idle, -size);
            return pooled;
        }

        if (BytesIdle > Math.Max(4 * Slack, BytesInUse)) Trim();
        try
        {
            return Fresh(size);
        }
        catch (OutOfMemoryException)
        {
            Reclaim();
        }

        try
        {
            return Fresh(size);
        }
        catch (OutOfMemoryException error)
        {
            Interlocked.Add(ref s_inUse, -size);
            throw Errors.OutOfMemory(bytes, BytesInUse, error);
        }
    }

    private static CacheLine[] Fresh(long size)
    {
        var fresh = GC.AllocateUninitializedArray<CacheLine>((int)Math.Min((size / 64) + 1, Array.MaxLength), pinned: true);
        HugePages.Ask(fresh);
        return fresh;
    }

    /// <summary>Under a limit of the heap: gives back what idles, here and in tensors that were dropped, before an allocation is tried again.</summary>
    private static void Reclaim()
    {
        lock (Collecting)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            foreach (var bin in Bins)
            {
                while (bin.TryTake() is not null) Interlocked.Add(ref s_idle, -bin.Bytes);
            }

            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>Refuses a tensor that is too large.</summary>
    public static void Demand(long bytes)
    {
        if (bytes > MostBytes) throw Errors.TooLarge(bytes, MostBytes);
    }

    /// <summary>Takes a buffer back to be used again.</summary>
    public static void Return(CacheLine[] buffer)
    {
        Forget(buffer);
        var bin = Bins[BinOf((buffer.LongLength - 1) * 64)];
        bin.Put(buffer);
        Interlocked.Add(ref s_idle, bin.Bytes);
    }

    /// <summary>Counts a buffer as no longer in use and leaves it to the collector: somebody may still hold a span over it.</summary>
    public static void Forget(CacheLine[] buffer)
    {
        var inUse = Interlocked.Add(ref s_inUse, -(buffer.LongLength - 1) * 64);
        // Between threads a lower level may be lost; the next return finds it again.
        if (inUse < Volatile.Read(ref s_floor)) Volatile.Write(ref s_floor, inUse);
    }

    private static void Collect()
    {
        // Others go on allocating meanwhile; a second collection beside this one would find nothing.
        if (!Collecting.TryEnter()) return;
        try
        {
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
            if (BytesInUse > (2 * s_inUseAfterFull) + Slack)
            {
                GC.Collect(2, GCCollectionMode.Forced, blocking: true);
                GC.WaitForPendingFinalizers();
                s_inUseAfterFull = BytesInUse;
            }
            else
            {
                s_inUseAfterFull = Math.Min(s_inUseAfterFull, BytesInUse);
            }

            Volatile.Write(ref s_floor, BytesInUse);
            Volatile.Write(ref s_budget, Math.Max(Slack, BytesInUse));
        }
        finally
        {
            Collecting.Exit();
        }
    }

    /// <summary>Drops idle buffers, largest first, when more lies idle than is in use: the sizes in demand have changed.</summary>
    private static void Trim()
    {
        for (var bin = Bins.Length - 1; bin >= 0 && BytesIdle > BytesInUse; bin--)
        {
            while (BytesIdle > BytesInUse && Bins[bin].TryTake() is not null) Interlocked.Add(ref s_idle, -Bins[bin].Bytes);
        }
    }

    // Four bins to a doubling: at most a quarter of a buffer is wasted. Bin sizes are whole lines of 64 bytes.
    private static int BinOf(long bytes)
    {
        var lines = Math.Max((bytes + 63) / 64, 4) - 1;
        var power = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)lines);
        var quarter = (int)((lines >> (power - 2)) & 3);
        return ((power - 1) * 4) + quarter;
    }

    private static Bin[] CreateBins()
    {
        var bins = new Bin[4 * 36];
        for (var index = 0; index < bins.Length; index++)
        {
            int power = (index / 4) + 1, quarter = index % 4;
            var lines = power >= 2 ? ((5L + quarter) << (power - 2)) : 4;
            bins[index] = new Bin(lines * 64);
        }

        return bins;
    }

    private sealed class Bin(long bytes)
    {
        private readonly Stack<CacheLine[]> _idle = new();
        private readonly Lock _lock = new();

        public long Bytes => bytes;

        public CacheLine[]? TryTake()
        {
            lock (_lock) return _idle.TryPop(out var buffer) ? buffer : null;
        }

        public void Put(CacheLine[] buffer)
        {
            lock (_lock) _idle.Push(buffer);
        }
    }
}
