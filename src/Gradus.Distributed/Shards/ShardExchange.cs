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
    // Buffers that so many sums did not need are let go: a step has fewer.
    private const int MostUnused = 256;

    private readonly ICommunicator _communicator;
    private readonly bool _halfOnWire;
    private readonly WireBytes _bytes = new();
    private readonly List<ExchangedSum> _pending = [];
    private readonly List<SumBuffers> _idle = [];
    private long _count;

    /// <summary>An exchange over some ranks, all of which make one with the same options.</summary>
    /// <param name="communicator">This rank; it stays open when the exchange is no longer used.</param>
    /// <param name="halfOnWire">
    /// Whether numbers are rounded to float16 before they are sent, which halves the bytes. All ranks still get the same bits, but others than one process
    /// does, and others for each number of ranks; sums above 65,504 become infinite, and those below 3e-8 zero. Default: false.
    /// </param>
    public ShardExchange(ICommunicator communicator, bool halfOnWire = false)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        (_communicator, _halfOnWire, IsExact) = (communicator, halfOnWire, !halfOnWire);
    }

    /// <inheritdoc/>
    public int Rank => _communicator.Rank;

    /// <inheritdoc/>
    public int Processes => _communicator.Size;

    /// <inheritdoc/>
    public bool IsExact { get; }

    /// <summary>The bytes of all values that this rank has sent so far.</summary>
    public long BytesSent => _bytes.Sent;

    /// <summary>The bytes of all values that this rank has received so far.</summary>
    public long BytesReceived => _bytes.Received;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sums are not those of the shards of this rank, or have another length than the total.</exception>
    /// <exception cref="GradusException">A rank did not answer in time, or its vector has another length.</exception>
    public PendingSum Begin(ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(own);
        var buffers = Take(tree, total.Length);
        buffers.Plan.Validate(own);
        var sum = new ExchangedSum(this, buffers, tree, own, total);
        _pending.Add(sum);
        return sum;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are more or fewer parts than ranks.</exception>
    /// <exception cref="GradusException">A rank did not answer in time, or its part has another length.</exception>
    public void Gather(Memory<double> values, IReadOnlyList<Range> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count != Processes)
            throw new ArgumentException(FormattableString.Invariant($"Got {parts.Count} parts, expected one for each of {Processes} ranks."), nameof(parts));
        var transfers = new List<Transfer>();
        for (var step = 1; step < Processes; step++)
        {
            var (from, to) = ((Rank - step + Processes) % Processes, (Rank + step) % Processes);
            transfers.Add(_communicator.Receive(values[parts[from]], from, Collectives.GatherTag));
            transfers.Add(_communicator.Send<double>(values[parts[Rank]], to, Collectives.GatherTag));
        }

        foreach (var transfer in transfers) transfer.Wait();
    }

    /// <summary>Does what can be done without waiting.</summary>
    internal void Advance()
    {
        var isNext = true;
        for (var i = 0; i < _pending.Count; i++)
        {
            var sum = _pending[i];
            // Totals go out in the order of the sums, by which the others tell them apart.
            if (!sum.IsAdded && isNext && sum.HasAll) sum.AddAndShare();
            isNext &= sum.IsAdded;
            if (sum.IsAdded && sum.HasAll) End(i--);
        }
    }

    /// <summary>Waits for a sum.</summary>
    internal void WaitFor(ExchangedSum sum)
    {
        foreach (var other in _pending)
        {
            if (other.IsAdded) continue;
            other.WaitForAll();
            other.AddAndShare();
        }

        sum.WaitForAll();
        End(_pending.IndexOf(sum));
    }

    private void End(int place)
    {
        var sum = _pending[place];
        _pending.RemoveAt(place);
        sum.End();
        _idle.Add(sum.Buffers);
    }

    private SumBuffers Take(ShardTree tree, int length)
    {
        _count++;
        var place = _idle.FindIndex(idle => idle.Plan.IsFor(tree, length));
        if (place >= 0)
        {
            var found = _idle[place];
            _idle.RemoveAt(place);
            found.LastUse = _count;
            return found;
        }

        _idle.RemoveAll(idle => idle.LastUse < _count - MostUnused);
        Wire wire = _halfOnWire ? new HalfWire(_communicator, _bytes) : new SingleWire(_communicator, _bytes);
        return new SumBuffers(new ShardPlan(tree, Rank, Processes, length), wire) { LastUse = _count };
    }
}
