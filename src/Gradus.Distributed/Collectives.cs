using Gradus.Training;

namespace Gradus.Distributed;

/// <summary>What all ranks do together: each of them calls the same methods in the same order.</summary>
public static class Collectives
{
    /// <summary>The largest tag of a message; those above are of the collectives.</summary>
    public const int MostTag = 32_000;

    internal const int PartTag = MostTag + 1;
    internal const int TotalTag = MostTag + 2;
    internal const int HeartbeatTag = MostTag + 6;
    private const int BarrierTag = MostTag + 3;
    private const int BroadcastTag = MostTag + 4;
    internal const int GatherTag = MostTag + 5;

    /// <summary>Returns when all ranks have called it: ⌈log₂ N⌉ rounds, in which rank r tells rank r + 2ᵏ that it is there.</summary>
    /// <remarks>Hensgen, Finkel and Manber, "Two algorithms for barrier synchronization", 1988.</remarks>
    /// <param name="communicator">This rank.</param>
    /// <exception cref="GradusException">A rank did not come in time.</exception>
    public static void Barrier(this ICommunicator communicator)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        var (rank, size) = (communicator.Rank, communicator.Size);
        for (var distance = 1; distance < size; distance *= 2)
        {
            var receive = communicator.Receive(Memory<byte>.Empty, (rank - distance + size) % size, BarrierTag);
            var send = communicator.Send(ReadOnlyMemory<byte>.Empty, (rank + distance) % size, BarrierTag);
            receive.Wait();
            send.Wait();
        }
    }

    /// <summary>Gives all ranks what one has, in ⌈log₂ N⌉ rounds along a binomial tree.</summary>
    /// <param name="communicator">This rank.</param>
    /// <param name="data">What the root has; the others take it here, in memory as long.</param>
    /// <param name="root">The rank that has it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    /// <exception cref="GradusException">A rank did not answer in time, or has memory of another length.</exception>
    public static void Broadcast<T>(this ICommunicator communicator, Memory<T> data, int root = 0) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentOutOfRangeException.ThrowIfNegative(root);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(root, communicator.Size);
        var size = communicator.Size;
        var place = (communicator.Rank - root + size) % size;
        int RankAt(int other) => (other + root) % size;

        // A rank has its data from the one at its place without the lowest bit that is set, and passes them to those with one lower bit more.
        var lowest = place == 0 ? (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)size) : place & -place;
        if (place != 0) communicator.Receive(data, RankAt(place - lowest), BroadcastTag).Wait();
        var sends = new List<Transfer>();
        for (var bit = lowest / 2; bit > 0; bit /= 2)
        {
            if (place + bit < size) sends.Add(communicator.Send<T>(data, RankAt(place + bit), BroadcastTag));
        }

        foreach (var send in sends) send.Wait();
    }

    /// <summary>Gives all ranks what each has, in the order of the ranks.</summary>
    /// <param name="communicator">This rank.</param>
    /// <param name="own">What this rank has, of the same length in all.</param>
    /// <param name="all">Takes what all have; N times as long.</param>
    /// <exception cref="ArgumentException">The second is not N times as long as the first.</exception>
    /// <exception cref="GradusException">A rank did not answer in time, or has another length.</exception>
    public static void AllGather<T>(this ICommunicator communicator, ReadOnlyMemory<T> own, Memory<T> all) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(communicator);
        var (rank, size, length) = (communicator.Rank, communicator.Size, own.Length);
        if (all.Length != (long)size * length)
            throw new ArgumentException(FormattableString.Invariant($"Got {all.Length} elements, expected {size} times {length}."), nameof(all));
        own.CopyTo(all[(rank * length)..]);
        var transfers = new List<Transfer>();
        for (var step = 1; step < size; step++)
        {
            var (from, to) = ((rank - step + size) % size, (rank + step) % size);
            transfers.Add(communicator.Receive(all.Slice(from * length, length), from, GatherTag));
            transfers.Add(communicator.Send(own, to, GatherTag));
        }

        foreach (var transfer in transfers) transfer.Wait();
    }

    /// <summary>Adds the values of all ranks, element by element, in the order of a <see cref="ShardTree"/> over the ranks: all get the same bits.</summary>
    /// <param name="communicator">This rank.</param>
    /// <param name="values">The values of this rank, then the sums; of the same length in all.</param>
    /// <exception cref="GradusException">A rank did not answer in time, or has another length.</exception>
    public static void AllReduce(this ICommunicator communicator, Memory<float> values)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        var own = new ShardSum(new ShardNode(communicator.Rank, communicator.Rank + 1), values);
        new ShardExchange(communicator).Sum(new ShardTree(communicator.Size), [own], values);
    }

    /// <exception cref="ArgumentOutOfRangeException">There is no such rank, or no such tag.</exception>
    internal static void Validate(ICommunicator communicator, int peer, int tag)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(peer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(peer, communicator.Size);
        ArgumentOutOfRangeException.ThrowIfNegative(tag);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tag, HeartbeatTag);
    }
}
