using Gradus.Nn;

namespace Gradus.Training;

/// <content>A step whose batch is cut into shards, each computed by itself, here or in another process.</content>
public sealed partial class Trainer<TBatch>
{
    private ShardReduction? _reduction;
    private Module[]? _modules;
    private StopWish _wish;

    private bool IsInShards => _options.Shards > 1 || _options.Exchange is not null;

    /// <summary>The batch in shards: what each leaves behind is added in the order of a tree, whoever computed it, and one step is made of the sum.</summary>
    private double StepOnShards(ReadOnlySpan<int> rows, StopWish wish)
    {
        _reduction ??= new ShardReduction(_task.Network, _options);
        var own = _reduction.Own;
        var together = ComputeTogether(rows, _reduction.Tree, own);
        for (var shard = own.First; shard < own.End; shard++)
        {
            _reduction.Begin(shard, _step.Step);
            _reduction.End(shard, together?.Show(shard) ?? ComputeShard(rows, shard), wish);
        }

        together?.Hide();
        (var mean, _wish) = _reduction.Finish();
        _step.BeginPart(share: 1, goesOn: false, isUnfinished: false);
        // Found by one process, told to all by the sum, and an error of all: each is where the others are.
        if (!double.IsFinite(mean)) throw NotFinite(mean, Read(rows));
        PlaceStreams(_options.Shards);
        _step.Move();
        return mean;
    }

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
            var isLast = shard == _reduction!.Own.End - 1 && index == parts - 1;
            _step.BeginPart((double)piece.Length / rows.Length, goesOn: index > 0, isUnfinished: true, shard, isLast ? _reduction.Listen : null);
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
