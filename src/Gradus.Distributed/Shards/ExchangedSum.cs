using Gradus.Training;

namespace Gradus.Distributed;

/// <summary>One sum of a <see cref="ShardExchange"/>: first the parts go to those who add them, then the totals to all.</summary>
internal sealed class ExchangedSum : PendingSum
{
    private readonly ShardExchange _exchange;
    private readonly ShardTree _tree;
    private readonly IReadOnlyList<ShardSum> _own;
    private readonly Memory<float> _total;
    private bool _isDone;

    /// <summary>Begins the sum: asks for the parts that this rank adds, and sends those that others add.</summary>
    public ExchangedSum(ShardExchange exchange, SumBuffers buffers, ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total)
    {
        (_exchange, Buffers, _tree, _own, _total) = (exchange, buffers, tree, own, total);
        var (rank, ranks) = (exchange.Rank, exchange.Processes);
        for (var step = 1; step < ranks; step++)
        {
            var from = (rank - step + ranks) % ranks;
            foreach (var part in buffers.Plan.PartsOf(from)) buffers.Wire.Receive(part.Values, from, Collectives.PartTag);
        }

        for (var step = 1; step < ranks; step++)
        {
            var to = (rank + step) % ranks;
            var (start, length) = buffers.Plan.Chunk(to);
            for (var i = 0; i < own.Count; i++) buffers.Wire.Send(own[i].Values.Slice(start, length), to, Collectives.PartTag);
        }
    }

    public SumBuffers Buffers { get; }

    /// <summary>Whether the totals are on their way.</summary>
    public bool IsAdded { get; private set; }

    /// <summary>Whether all messages that are under way have come and gone.</summary>
    public bool HasAll => Buffers.Wire.IsDone;

    public override bool IsDone
    {
        get
        {
            if (!_isDone) _exchange.Advance();
            return _isDone;
        }
    }

    public override void Wait()
    {
        if (!_isDone) _exchange.WaitFor(this);
    }

    /// <summary>Waits until all messages that are under way have come and gone.</summary>
    public void WaitForAll() => Buffers.Wire.Wait();

    /// <summary>
    /// Adds the parts, and sends the total of this rank's chunk to all; once all parts are there, and the totals of the sums before are on their way.
    /// </summary>
    public void AddAndShare()
    {
        var (rank, ranks, plan, wire) = (_exchange.Rank, _exchange.Processes, Buffers.Plan, Buffers.Wire);
        var (start, length) = plan.Chunk(rank);
        var chunk = _total.Slice(start, length);
        if (!chunk.IsEmpty)
        {
            _tree.Add(plan.Parts(_own)).CopyTo(chunk);
            if (ranks > 1) wire.Round(chunk.Span);
        }

        for (var step = 1; step < ranks; step++)
        {
            var (from, to) = ((rank - step + ranks) % ranks, (rank + step) % ranks);
            var other = plan.Chunk(from);
            wire.Receive(_total.Slice(other.Start, other.Length), from, Collectives.TotalTag);
            wire.Send(chunk, to, Collectives.TotalTag);
        }

        IsAdded = true;
    }

    /// <summary>Tells that the total is there.</summary>
    public void End() => _isDone = true;
}
