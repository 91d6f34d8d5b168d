using System.Runtime.ExceptionServices;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// Computes all shards of this process side by side, so that they meet where a layer sums numbers over the batch; those of other processes come there too.
/// </summary>
/// <remarks>
/// Each shard has a thread, and one runs at a time, in the order of the shards, from one meeting to the next: the kernels have all cores, and nothing races.
/// While a shard runs, its <see cref="ShardView"/> is in the network's place. At a meeting each gives a vector of one length, and the calling thread adds them
/// in the order of the tree. The vector tells of errors as well: a shard that has failed comes to one more meeting, as does one that is done, and all processes
/// see in the sum whether to go on.
/// </remarks>
internal sealed class ShardsTogether : ShardGroup
{
    // Behind the numbers of a meeting.
    private const int Words = 4;
    private static readonly Index Size = ^4, Loss = ^3, Failed = ^2, Done = ^1;

    private readonly ShardTree _tree;
    private readonly ShardNode _own;
    private readonly IShardExchange? _exchange;
    private readonly Shard[] _shards;
    private readonly List<ShardSum> _sums = [];
    private readonly SemaphoreSlim _allHaveCome = new(0);
    private readonly int _length;
    private readonly Memory<float> _total;
    private Action<int> _enter = static _ => { };
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
        _shards = [.. Enumerable.Range(0, own.Count).Select(_ => new Shard(view(), NewVector()))];
        _total = NewVector();
    }

    /// <summary>Computes the shards of this process.</summary>
    /// <param name="compute">Computes a shard and gives its loss, with which the whole step ends if it is not finite.</param>
    /// <param name="enter">Called each time before a shard goes on.</param>
    /// <returns>0, or a loss that is not finite: the sum of those of all shards.</returns>
    /// <exception cref="GradusException">A shard of another process failed, or the shards did not go through the same layers.</exception>
    public double Compute(Func<int, double> compute, Action<int> enter)
    {
        _enter = enter;
        for (var index = 0; index < _own.Count; index++) Begin(index, compute);
        try
        {
            do
            {
                AllGoOn();
                AddUp();
            }
            while (_total.Span[Loss] == 0 && _total.Span[Failed] == 0 && _total.Span[Done] == 0);
        }
        finally
        {
            // Those that are not done leave their meeting by an exception.
            _isBrokenOff = true;
            while (!Array.TrueForAll(_shards, static shard => shard.HasEnded)) AllGoOn();
            _isBrokenOff = false;
            _sums.Clear();
        }

        Array.Find(_shards, static shard => shard.Failure is not null)?.Failure!.Throw();
        var total = _total.Span;
        if (total[Failed] > 0) throw new GradusException("shards: a shard of another process failed; see what that one says.");
        if (total[Loss] == 0 && total[Done] != _tree.Root.Count)
        {
            throw new GradusException(
                FormattableString.Invariant($"syncBatchNorm: {total[Done]} of {_tree.Root.Count} shards were done while others came to one more batch norm. ") +
                "All shards have to go through the same layers.");
        }

        return total[Loss];
    }

    /// <summary>Puts the gradients and buffers of a shard that has been computed in the network's place.</summary>
    /// <returns>Its loss.</returns>
    public double Show(int shard)
    {
        Hide();
        _shown = shard - _own.First;
        _shards[_shown].View.Exchange();
        return _shards[_shown].Loss;
    }

    /// <summary>Puts the network's own in place again, and drops the gradients of the shard that was shown.</summary>
    public void Hide()
    {
        if (_shown >= 0) _shards[_shown].View.End();
        _shown = -1;
    }

    /// <inheritdoc/>
    public override void Sum(Span<float> values)
    {
        for (var start = 0; start < values.Length; start += _length) Meet(values[start..Math.Min(values.Length, start + _length)]);
    }

    private void Meet(Span<float> values)
    {
        var index = _running;
        var vector = _shards[index].Vector.Span;
        vector.Clear();
        values.CopyTo(vector);
        vector[Size] = values.Length;
        Leave(index);
        _shards[index].Thread.Wait();
        if (_isBrokenOff) throw new BrokenOffException();
        var total = _total.Span;
        if (total[Size] != (float)values.Length * _tree.Root.Count)
            throw new GradusException("syncBatchNorm: the shards met in layers of different sizes. All have to go through the same layers.");
        total[..values.Length].CopyTo(values);
    }

    private void Begin(int index, Func<int, double> compute)
    {
        var shard = _shards[index];
        (shard.HasEnded, shard.Failure, shard.Loss) = (false, null, 0);
        shard.View.Begin();
        shard.Thread.Begin(Work, isRecorded: index == 0);

        void Work()
        {
            Current = this;
            try
            {
                shard.Loss = compute(_own.First + index);
            }
            catch (BrokenOffException)
            {
                // Why, the others know.
            }
            catch (Exception exception)
            {
                shard.Failure = ExceptionDispatchInfo.Capture(exception);
            }

            Current = null;
            End(index);
        }
    }

    /// <summary>Brings each shard that has not ended to its next meeting, one after the other.</summary>
    private void AllGoOn()
    {
        Pass(0);
        _allHaveCome.Wait();
    }

    /// <summary>Lets the next shard go on, or the calling thread after the last.</summary>
    private void Pass(int index)
    {
        while (index < _own.Count && _shards[index].HasEnded) index++;
        if (index == _own.Count)
        {
            _allHaveCome.Release();
            return;
        }

        _running = index;
        _enter(_own.First + index);
        _shards[index].View.Exchange();
        _shards[index].Thread.GoOn();
    }

    private void Leave(int index)
    {
        _shards[index].View.Exchange();
        Pass(index + 1);
    }

    private void End(int index)
    {
        var shard = _shards[index];
        var vector = shard.Vector.Span;
        vector.Clear();
        vector[shard.Failure is null ? Done : Failed] = 1;
        if (!double.IsFinite(shard.Loss)) vector[Loss] = (float)shard.Loss;
        shard.HasEnded = true;
        Leave(index);
    }

    private void AddUp()
    {
        for (var index = 0; index < _own.Count; index++)
        {
            // Each shard keeps its vector.
            foreach (var (sum, other) in _tree.Append(_sums, _own.First + index, isAdded: false, _shards[index].Vector)) ShardTree.Add(sum.Span, other.Span);
        }

        if (_exchange is null) _sums[0].Values.CopyTo(_total);
        else _exchange.Sum(_tree, _sums, _total);
        _sums.Clear();
    }

    private Memory<float> NewVector() => GC.AllocateArray<float>(_length + Words, pinned: true);

    private sealed class BrokenOffException : OperationCanceledException;

    private sealed class Shard(ShardView view, Memory<float> vector)
    {
        public ShardView View { get; } = view;

        public Memory<float> Vector { get; } = vector;

        public ShardThread Thread { get; } = new();

        public double Loss { get; set; }

        public bool HasEnded { get; set; }

        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
