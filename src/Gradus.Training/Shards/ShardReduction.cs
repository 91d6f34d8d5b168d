using Gradus.Nn;

namespace Gradus.Training;

/// <summary>Brings what the shards of a step leave behind together: adds those of this process, and with an exchange those of all.</summary>
/// <remarks>
/// The vector goes out in buckets of neighboring parameters, from the last one of the network, as back-propagation does: while the last shard of this process
/// is still going back, what has arrived is on its way. A bucket with a parameter that had no gradient in the step before goes out when the pass has ended; all
/// processes know which these are, and send in the same order.
/// </remarks>
internal sealed class ShardReduction : IDisposable
{
    // A bucket has at least half a megabyte, since of smaller ones the time of a message counts (docs/distributed.md), and there are not many.
    private const int LeastBucket = 1 << 17;
    private const int MostBuckets = 32;

    private readonly Module _network;
    private readonly IShardExchange? _exchange;
    private readonly StepTimeline? _timeline;
    private readonly List<ShardSum> _sums = [];
    private readonly Stack<Memory<float>> _free = [];
    private readonly List<GradientBucket> _early = [], _late = [];
    private readonly List<(PendingSum Sum, double Start)> _pending = [];
    private readonly List<IDisposable> _registrations = [];
    private ShardVector _vector;
    private GradientBucket[] _buckets = [];
    private List<(Memory<float> Sum, Memory<float> Other)> _additions = [];
    private Memory<float> _current, _total;
    private bool _isAdded, _isListening;
    private int _sent, _done;
    private long _step;

    /// <param name="network">The network that is trained.</param>
    /// <param name="options">Into how many shards a batch is cut, and who computes them.</param>
    /// <exception cref="GradusException">A parameter is not of float32, or the network is too large for one vector.</exception>
    public ShardReduction(Module network, TrainingOptions options)
    {
        (_network, _exchange, _timeline, _vector) = (network, options.Exchange, options.Timeline, new ShardVector(network));
        Tree = new ShardTree(options.Shards);
        Own = Tree.OwnedBy(_exchange?.Rank ?? 0, _exchange?.Processes ?? 1);
        FollowGradients();
    }

    /// <summary>The order of additions.</summary>
    public ShardTree Tree { get; }

    /// <summary>The shards of this process.</summary>
    public ShardNode Own { get; }

    /// <summary>The names of the parameters that no shard of the last step left a gradient of; frozen ones are left out.</summary>
    public IReadOnlyList<string> Unused => _vector.Unused;

    /// <summary>Begins one more shard of this process, where the step found the network.</summary>
    public void Begin(int shard, long step)
    {
        if (shard == Own.First) BeginStep(step);
        else _vector.Rewind();
        _isAdded = Tree.IsAddedTo(_sums, shard);
        _current = _isAdded ? _sums[^1].Values : _free.TryPop(out var free) ? free : NewVector();
        _additions = Tree.Append(_sums, shard, _isAdded, _current);
    }

    /// <summary>Tells that the pass back begins which completes the gradients of this process: they are sent as they arrive.</summary>
    public void Listen()
    {
        foreach (var bucket in _early) bucket.Await();
        _isListening = true;
    }

    /// <summary>Takes what the shard left behind.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="wish">Whether this process wants to stop.</param>
    public void End(int shard, double loss, StopWish wish)
    {
        _isListening = false;
        _vector.TakeRest(_current.Span, _isAdded, loss, wish);
        if (_exchange is null || shard < Own.End - 1)
        {
            _vector.TakeGradients(_current.Span, _isAdded, ..);
            Add(..);
        }
        else
        {
            while (_sent < _early.Count) Send(_early[_sent++]);
            foreach (var bucket in _late) Send(bucket);
            Send(_vector.Rest);
        }

        foreach (var (_, other) in _additions) _free.Push(other);
        _additions = [];
    }

    /// <summary>Waits for the sum over all shards and makes it that of the network: its gradients, and the means of its buffers.</summary>
    /// <returns>The loss, and whether a process wants to stop.</returns>
    public (double Loss, StopWish Wish) Finish()
    {
        while (_done < _pending.Count)
        {
            _pending[_done].Sum.Wait();
            EndNext();
        }

        _pending.Clear();
        // Of one process alone the first sum is that of all shards.
        var result = _vector.Give((_exchange is null ? _sums[0].Values : _total).Span);
        foreach (var sum in _sums) _free.Push(sum.Values);
        _sums.Clear();
        return result;
    }

    /// <summary>No longer follows the gradients.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _registrations.Clear();
    }

    private void FollowGradients()
    {
        _buckets = _exchange is null ? [] : GradientBucket.Cut(_vector, Math.Max(LeastBucket, _vector.Length / MostBuckets));
        foreach (var bucket in _buckets)
        {
            foreach (var parameter in _vector.Parameters.Take(bucket.Parameters))
                _registrations.Add(parameter.Leaf.RegisterAfterAccumulate(_ => Arrive(bucket)));
        }
    }

    private void BeginStep(long step)
    {
        if (!_vector.IsUpToDate)
        {
            Dispose();
            _free.Clear();
            (_vector, _total) = (new ShardVector(_network), default);
            FollowGradients();
        }

        _vector.Begin();
        (_step, _sent, _done) = (step, 0, 0);
        if (_exchange is not null && _total.IsEmpty) _total = NewVector();
        _early.Clear();
        _late.Clear();
        foreach (var bucket in _buckets) (bucket.WasUsed(_vector) ? _early : _late).Add(bucket);
    }

    private void Arrive(GradientBucket bucket)
    {
        if (!_isListening) return;
        bucket.Arrive();
        while (_sent < _early.Count && _early[_sent].IsComplete) Send(_early[_sent++]);
        while (_done < _pending.Count && _pending[_done].Sum.IsDone) EndNext();
    }

    private void Send(GradientBucket bucket)
    {
        _vector.TakeGradients(_current.Span, _isAdded, bucket.Parameters);
        Send(_vector.RangeOf(bucket.Parameters));
    }

    private void Send(Range range)
    {
        Add(range);
        ShardSum[] parts = [.. _sums.Select(sum => sum with { Values = sum.Values[range] })];
        _pending.Add((_exchange!.Begin(Tree, parts, _total[range]), _timeline?.Now ?? 0));
    }

    private void EndNext()
    {
        _timeline?.Add(TimelineKind.Exchange, _done, _step, _pending[_done].Start);
        _done++;
    }

    private void Add(Range range)
    {
        foreach (var (sum, other) in _additions) ShardTree.Add(sum.Span[range], other.Span[range]);
    }

    // Pinned, as what is sent and received is.
    private Memory<float> NewVector() => GC.AllocateUninitializedArray<float>(_vector.Length, pinned: true);
}
