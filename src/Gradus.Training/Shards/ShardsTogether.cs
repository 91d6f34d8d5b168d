using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// Computes all shards of this process side by side, so that they meet where a layer sums numbers over the batch; those of other processes come there too.
/// </summary>
/// <remarks>
/// Each shard has a thread, and one runs at a time, in the order of the shards, from one meeting to the next: the kernels have all cores, and nothing races.
/// While a shard runs, its <see cref="ShardView"/> is in the network's place. At a meeting each gives a vector of one length, which are added in the order of
/// the tree. The vector tells of errors as well: a shard that has failed comes to one more meeting, as does one that is done, and all processes see
/// in the sum whether to go on.
/// </remarks>
internal sealed class ShardsTogether : ShardGroup
{
    // Behind the numbers: how many they are; a loss that is not finite, or 0; a 1 of a shard that failed; a 1 of one that is done.
    private const int Words = 4;

    private readonly ShardTree _tree;
    private readonly ShardNode _own;
    private readonly IShardExchange? _exchange;
    private readonly ShardView[] _views;
    private readonly ShardThread[] _threads;
    private readonly Memory<float>[] _vectors;
    private readonly double[] _losses;
    private readonly List<ShardSum> _sums = [];
    private readonly int _length;
    private readonly Memory<float> _total;
    private int _running;
    private int _shown = -1;
    private bool _isBrokenOff;

    /// <param name="tree">All shards.</param>
    /// <param name="own">Those of this process.</param>
    /// <param name="exchange">The other processes; null for none.</param>
    /// <param name="length">How many numbers a meeting sums; more take several.</param>
    /// <param name="view">Makes the view of a shard.</param>
    public ShardsTogether(ShardTree tree, ShardNode own, IShardExchange? exchange, int length, Func<ShardView> view)
    {
        (_tree, _own, _exchange, _length) = (tree, own, exchange, length);
        _views = [.. Enumerable.Range(0, own.Count).Select(_ => view())];
        _threads = [.. _views.Select(static _ => new ShardThread())];
        _vectors = [.. _views.Select(_ => NewVector())];
        _losses = new double[own.Count];
        _total = NewVector();
    }

    /// <summary>Computes the shards of this process.</summary>
    /// <param name="compute">Computes a shard and gives its loss, with which the whole step ends if it is not finite.</param>
    /// <param name="enter">Called each time before a shard goes on.</param>
    /// <returns>0, or a loss that is not finite: the sum of those of all shards.</returns>
    /// <exception cref="GradusException">A shard of another process failed, or the shards did not go through the same layers.</exception>
    public double Compute(Func<int, double> compute, Action<int> enter)
    {
        for (var index = 0; index < _own.Count; index++) Begin(index, compute);
        try
        {
            do
            {
                for (var index = 0; index < _own.Count; index++) Advance(index, enter);
                AddUp();
            }
            while (GoesOn());
        }
        finally
        {
            BreakOff(enter);
        }

        var words = _total.Span[^Words..];
        Array.Find(_threads, static thread => thread.Failure is { SourceException: not BrokenOffException })?.Failure!.Throw();
        if (words[2] > 0) throw new GradusException("shards: a shard of another process failed; see what that one says.");
        if (words[1] == 0 && words[3] != _tree.Root.Count)
        {
            throw new GradusException(
                FormattableString.Invariant($"syncBatchNorm: {words[3]} of {_tree.Root.Count} shards were done while others came to one more batch norm. ") +
                "All shards have to go through the same layers.");
        }

        return words[1];
    }

    /// <summary>Puts the gradients and buffers of a shard that has been computed in the network's place.</summary>
    /// <returns>Its loss.</returns>
    public double Show(int shard)
    {
        Hide();
        _shown = shard - _own.First;
        _views[_shown].Exchange();
        return _losses[_shown];
    }

    /// <summary>Puts the network's own in place again, and drops the gradients of the shard that was shown.</summary>
    public void Hide()
    {
        if (_shown >= 0) _views[_shown].End();
        _shown = -1;
    }

    /// <inheritdoc/>
    public override void Sum(Span<float> values)
    {
        for (var start = 0; start < values.Length; start += _length) Meet(values[start..Math.Min(values.Length, start + _length)]);
    }

    private void Meet(Span<float> values)
    {
        var vector = _vectors[_running].Span;
        vector.Clear();
        values.CopyTo(vector);
        vector[^Words] = values.Length;
        _threads[_running].Pause();
        if (_isBrokenOff) throw new BrokenOffException();
        var total = _total.Span;
        if (total[^Words] != (float)values.Length * _tree.Root.Count)
            throw new GradusException("syncBatchNorm: the shards met in layers of different sizes. All have to go through the same layers.");
        total[..values.Length].CopyTo(values);
    }

    private void Begin(int index, Func<int, double> compute)
    {
        _losses[index] = 0;
        _views[index].Begin();
        _threads[index].Begin(Work, isRecorded: index == 0);

        void Work()
        {
            Current = this;
            try
            {
                _losses[index] = compute(_own.First + index);
            }
            finally
            {
                Current = null;
            }
        }
    }

    /// <summary>Lets a shard go on to its next meeting.</summary>
    private void Advance(int index, Action<int> enter)
    {
        _running = index;
        enter(_own.First + index);
        _views[index].Exchange();
        _threads[index].Resume();
        _views[index].Exchange();
        if (!_threads[index].HasEnded) return;
        var vector = _vectors[index].Span;
        vector.Clear();
        if (_threads[index].Failure is not null) vector[^2] = 1;
        else vector[^1] = 1;
        if (!double.IsFinite(_losses[index])) vector[^3] = (float)_losses[index];
    }

    private void AddUp()
    {
        for (var index = 0; index < _own.Count; index++)
        {
            foreach (var _ in _tree.Append(_sums, _own.First + index, isAdded: false, _vectors[index]))
            {
                // Each shard keeps its vector.
            }
        }

        if (_exchange is null) _sums[0].Values.CopyTo(_total);
        else _exchange.Sum(_tree, _sums, _total);
        _sums.Clear();
    }

    private bool GoesOn()
    {
        var words = _total.Span[^Words..];
        return words[1] == 0 && words[2] == 0 && words[3] == 0;
    }

    /// <summary>Ends the shards that are not done: each leaves its meeting by an exception.</summary>
    private void BreakOff(Action<int> enter)
    {
        _isBrokenOff = true;
        for (var index = 0; index < _own.Count; index++)
        {
            while (!_threads[index].HasEnded) Advance(index, enter);
        }

        _isBrokenOff = false;
        _sums.Clear();
    }

    private Memory<float> NewVector() => GC.AllocateArray<float>(_length + Words, pinned: true);

    private sealed class BrokenOffException : OperationCanceledException;
}
