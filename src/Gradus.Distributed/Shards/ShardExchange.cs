using Gradus.Training;

namespace Gradus.Distributed;

/// <summary>Adds the sums of the shards that the ranks computed, so that all ranks get the bits that one process would.</summary>
/// <remarks>
/// The vector is cut into as many chunks as there are ranks. Each rank sends to the owner of a chunk its part of each of its sums, the owner adds them in the
/// order of the tree, and sends the sum to all. With N ranks, a power of two that divides the shards, each rank sends and receives 2 (N − 1) / N times the
/// bytes of the vector, the least there is (Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters of workstations", 2009). Buffers are kept
/// from call to call.
/// </remarks>
public sealed class ShardExchange : IShardExchange
{
    // A step has vectors of a few lengths: the gradients, and what batch norms share.
    private const int MostPlans = 64;

    private readonly ICommunicator _communicator;
    private readonly Wire _wire;
    private readonly List<ShardPlan> _plans = [];

    /// <summary>An exchange over some ranks, all of which make one with the same options.</summary>
    /// <param name="communicator">This rank; it stays open when the exchange is no longer used.</param>
    /// <param name="halfOnWire">
    /// Whether numbers are rounded to float16 before they are sent, which halves the bytes. All ranks still get the same bits, but others than one process
    /// does, and others for each number of ranks; sums above 65,504 become infinite, and those below 3e-8 zero. Default: false.
    /// </param>
    public ShardExchange(ICommunicator communicator, bool halfOnWire = false)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        (_communicator, _wire, IsExact) = (communicator, halfOnWire ? new HalfWire(communicator) : new SingleWire(communicator), !halfOnWire);
    }

    /// <inheritdoc/>
    public int Rank => _communicator.Rank;

    /// <inheritdoc/>
    public int Processes => _communicator.Size;

    /// <inheritdoc/>
    public bool IsExact { get; }

    /// <summary>The bytes of all values that this rank has sent so far.</summary>
    public long BytesSent => _wire.BytesSent;

    /// <summary>The bytes of all values that this rank has received so far.</summary>
    public long BytesReceived => _wire.BytesReceived;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sums are not those of the shards of this rank, or have another length than the total.</exception>
    /// <exception cref="GradusException">A rank did not answer in time, or its vector has another length.</exception>
    public void Sum(ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(own);
        var plan = _plans.Find(plan => plan.IsFor(tree, total.Length));
        if (plan is null)
        {
            if (_plans.Count == MostPlans) _plans.RemoveAt(0);
            _plans.Add(plan = new ShardPlan(tree, Rank, Processes, total.Length));
        }

        plan.Validate(own);
        GatherParts(plan, own);
        AddParts(plan, tree, own, total);
        ShareTotals(plan, total);
    }

    /// <summary>Gives each owner of a chunk the sums of all ranks for it.</summary>
    private void GatherParts(ShardPlan plan, IReadOnlyList<ShardSum> own)
    {
        for (var step = 1; step < Processes; step++)
        {
            var from = (Rank - step + Processes) % Processes;
            foreach (var part in plan.PartsOf(from)) _wire.Receive(part.Values, from, Collectives.PartTag);
        }

        for (var step = 1; step < Processes; step++)
        {
            var to = (Rank + step) % Processes;
            var (start, length) = plan.Chunk(to);
            for (var i = 0; i < own.Count; i++) _wire.Send(own[i].Values.Slice(start, length), to, Collectives.PartTag);
        }

        _wire.Wait();
    }

    private void AddParts(ShardPlan plan, ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total)
    {
        var (start, length) = plan.Chunk(Rank);
        var chunk = total.Slice(start, length);
        if (chunk.IsEmpty) return;
        tree.Add(plan.Parts(own)).CopyTo(chunk);
        if (Processes > 1) _wire.Round(chunk.Span);
    }

    /// <summary>Gives all ranks the sum of each chunk.</summary>
    private void ShareTotals(ShardPlan plan, Memory<float> total)
    {
        var (start, length) = plan.Chunk(Rank);
        for (var step = 1; step < Processes; step++)
        {
            var (from, to) = ((Rank - step + Processes) % Processes, (Rank + step) % Processes);
            var other = plan.Chunk(from);
            _wire.Receive(total.Slice(other.Start, other.Length), from, Collectives.TotalTag);
            _wire.Send(total.Slice(start, length), to, Collectives.TotalTag);
        }

        _wire.Wait();
    }
}
