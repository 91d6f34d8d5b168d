using Gradus.Nn;

namespace Gradus.Training;

/// <content>A step whose batch is cut into shards, each computed by itself, here or in another process.</content>
public sealed partial class Trainer<TBatch>
{
    private readonly List<ShardSum> _sums = [];
    private readonly Stack<Memory<float>> _free = [];
    private ShardVector? _vector;
    private Memory<float> _total;
    private Module[]? _modules;
    private StopWish _wish;

    /// <summary>The batch in shards: what each leaves behind is added in the order of a tree, whoever computed it, and one step is made of the sum.</summary>
    private double StepOnShards(ReadOnlySpan<int> rows, StopWish wish)
    {
        _vector ??= new ShardVector(_task.Network);
        var tree = new ShardTree(_options.Shards);
        var own = tree.OwnedBy(_options.Exchange?.Rank ?? 0, _options.Exchange?.Processes ?? 1);
        _vector.Begin();
        var together = ComputeTogether(rows, tree, own);
        for (var shard = own.First; shard < own.End; shard++)
        {
            if (shard > own.First) _vector.Rewind();
            var loss = together?.Show(shard) ?? ComputeShard(rows, shard);
            var isAdded = tree.IsAddedTo(_sums, shard);
            var vector = isAdded ? _sums[^1].Values : _free.TryPop(out var free) ? free : NewVector(_vector);
            _vector.Take(vector.Span, isAdded, loss, wish);
            foreach (var unused in tree.Append(_sums, shard, isAdded, vector)) _free.Push(unused);
        }

        together?.Hide();
        (_step.Share, _step.GoesOn, _step.IsUnfinished) = (1, false, false);
        // Of one process alone the first sum is that of all shards.
        var total = _sums[0].Values;
        if (_options.Exchange is { } exchange)
        {
            if (_total.IsEmpty) _total = NewVector(_vector);
            exchange.Sum(tree, _sums, total = _total);
        }

        foreach (var sum in _sums) _free.Push(sum.Values);
        _sums.Clear();
        (var mean, _wish) = _vector.Give(total.Span);
        // Found by one process, told to all by the sum, and an error of all: each is where the others are.
        if (!double.IsFinite(mean)) throw NotFinite(mean, Read(rows));
        PlaceStreams(_options.Shards);
        _step.Move();
        return mean;
    }

    // Pinned, as what is sent and received is.
    private static Memory<float> NewVector(ShardVector vector) => GC.AllocateUninitializedArray<float>(vector.Length, pinned: true);

    /// <summary>Computes a shard's gradients, weighted by its share of the batch; a batch of fewer samples than shards leaves some without any.</summary>
    private double ComputeShard(ReadOnlySpan<int> rows, int shard)
    {
        foreach (var optimizer in _optimizers) optimizer.ZeroGrad();
        var shards = Math.Min(_options.Shards, rows.Length);
        if (shard >= shards) return 0;
        int start = (int)((long)rows.Length * shard / shards), end = (int)((long)rows.Length * (shard + 1) / shards);
        PlaceStreams(shard);
        var part = rows[start..end];
        var (parts, loss) = (Math.Min(_options.Accumulate, part.Length), 0.0);
        for (var index = 0; index < parts; index++)
        {
            var piece = part[(part.Length * index / parts)..(part.Length * (index + 1) / parts)];
            (_step.Share, _step.GoesOn, _step.IsUnfinished) = ((double)piece.Length / rows.Length, index > 0, true);
            try
            {
                loss += StepOn(Read(piece)) * _step.Share;
            }
            catch (TrainingException) when (_options.Exchange is not null)
            {
                return double.NaN;
            }
        }

        return loss;
    }

    /// <summary>Brings all random streams to the place of a shard of this step; each shard draws fewer numbers than lie between two places.</summary>
    private void PlaceStreams(int shard)
    {
        var place = (_step.Step * (_options.Shards + 1)) + shard;
        _modules ??= [.. _task.Network.NamedModules().Select(static named => named.Module)];
        foreach (var module in _modules) module.PlaceStream(place << 32);
        _task.BeginStep(_options.Seed, place);
    }
}
