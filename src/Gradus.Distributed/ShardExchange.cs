using Gradus.Training;

namespace Gradus.Distributed;

/// <summary>Adds the sums of the shards that the ranks computed, so that all ranks get the bits that one process would.</summary>
/// <remarks>
/// The vector is cut into as many chunks as there are ranks. Each rank sends to the owner of a chunk its part of each of its sums, the owner adds them in the order of
/// the tree, and sends the sum to all. With N ranks, a power of two that divides the shards, each rank sends and receives 2 (N − 1) / N times the bytes of the vector,
/// the least there is (Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters of workstations", 2009). Buffers are kept from call to call.
/// </remarks>
/// <param name="communicator">This rank; it stays open when the exchange is no longer used.</param>
public sealed class ShardExchange(ICommunicator communicator) : IShardExchange
{
    private readonly List<Transfer> _transfers = [];
    private ShardPlan? _plan;

    /// <inheritdoc/>
    public int Rank => communicator.Rank;

    /// <inheritdoc/>
    public int Processes => communicator.Size;

    /// <summary>The bytes of all values that this rank has sent so far.</summary>
    public long BytesSent { get; private set; }

    /// <summary>The bytes of all values that this rank has received so far.</summary>
    public long BytesReceived { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sums are not those of the shards of this rank, or have another length than the total.</exception>
    /// <exception cref="GradusException">A rank did not answer in time, or its vector has another length.</exception>
    public void Sum(ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(own);
        if (_plan is null || !_plan.IsFor(tree, total.Length)) _plan = new ShardPlan(tree, Rank, Processes, total.Length);
        _plan.Validate(own);
        GatherParts(_plan, own);
        var (start, length) = _plan.Chunk(Rank);
        if (length > 0) tree.Add(_plan.Parts(own)).CopyTo(total.Slice(start, length));
        ShareTotals(_plan, total);
    }

    /// <summary>Gives each owner of a chunk the sums of all ranks for it.</summary>
    private void GatherParts(ShardPlan plan, IReadOnlyList<ShardSum> own)
    {
        for (var step = 1; step < Processes; step++)
        {
            var from = (Rank - step + Processes) % Processes;
            foreach (var part in plan.PartsOf(from)) Receive(part.Values, from, Collectives.PartTag);
        }

        for (var step = 1; step < Processes; step++)
        {
            var to = (Rank + step) % Processes;
            var (start, length) = plan.Chunk(to);
            for (var i = 0; i < own.Count; i++) Send(own[i].Values.Slice(start, length), to, Collectives.PartTag);
        }

        Wait();
    }

    /// <summary>Gives all ranks the sum of each chunk.</summary>
    private void ShareTotals(ShardPlan plan, Memory<float> total)
    {
        var (start, length) = plan.Chunk(Rank);
        for (var step = 1; step < Processes; step++)
        {
            var (from, to) = ((Rank - step + Processes) % Processes, (Rank + step) % Processes);
            var other = plan.Chunk(from);
            Receive(total.Slice(other.Start, other.Length), from, Collectives.TotalTag);
            Send(total.Slice(start, length), to, Collectives.TotalTag);
        }

        Wait();
    }

    private void Send(Memory<float> values, int to, int tag)
    {
        if (values.IsEmpty) return;
        _transfers.Add(communicator.Send<float>(values, to, tag));
        BytesSent += sizeof(float) * (long)values.Length;
    }

    private void Receive(Memory<float> values, int from, int tag)
    {
        if (values.IsEmpty) return;
        _transfers.Add(communicator.Receive(values, from, tag));
        BytesReceived += sizeof(float) * (long)values.Length;
    }

    private void Wait()
    {
        foreach (var transfer in _transfers) transfer.Wait();
        _transfers.Clear();
    }
}
