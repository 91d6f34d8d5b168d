using Gradus.Nn;

namespace Gradus.Training;

/// <content>A step whose shards are computed side by side, as <see cref="TrainingOptions.SyncBatchNorm"/> asks: they meet in each batch norm.</content>
public sealed partial class Trainer<TBatch>
{
    // Of a layer that keeps no averages one does not know how many channels it has.
    private const int LeastChannels = 32;

    private ShardsTogether? _together;

    /// <summary>Whether the shards of a batch share the statistics of batch norm.</summary>
    private bool MeetsInBatchNorm => _options is { SyncBatchNorm: true, Shards: > 1 } && HasBatchNorm;

    private bool HasBatchNorm => BatchNorms.Any();

    private IEnumerable<BatchNorm> BatchNorms => _task.Network.NamedModules().Select(static named => named.Module).OfType<BatchNorm>();

    /// <summary>Computes the shards of this process side by side; null where each is to be computed by itself.</summary>
    /// <exception cref="TrainingException">The loss of a shard, of whatever process, is not finite.</exception>
    private ShardsTogether? ComputeTogether(ReadOnlySpan<int> rows, ShardTree tree, ShardNode own)
    {
        if (!MeetsInBatchNorm) return null;
        if (rows.Length < _options.Shards)
        {
            throw new GradusException(
                $"syncBatchNorm: a batch has {rows.Length} samples, fewer than the {_options.Shards} shards, each of which has to have one. " +
                "Use larger batches, or fewer shards.");
        }

        _together ??= new ShardsTogether(tree, own, _options.Exchange, MostNumbers(), () => new ShardView(_task.Network, _task.PlaceStream));
        var (batch, parts) = (rows.ToArray(), new TBatch[_options.Shards]);
        var loss = _together.Compute(
            shard =>
            {
                PlaceStreams(shard);
                var batchPart = parts[shard] = Read(batch.AsSpan(RangeOf(shard)));
                Enter(shard);
                try
                {
                    return _task.Step(batchPart, _step) * _step.Share;
                }
                catch (NotFiniteLossException exception)
                {
                    return exception.Loss;
                }
            },
            Enter);
        if (loss != 0) throw NotFinite(loss, Read(rows));
        return _together;

        Range RangeOf(int shard) => (int)((long)batch.Length * shard / _options.Shards)..(int)((long)batch.Length * (shard + 1) / _options.Shards);

        // The gradient's sums are two of each channel.
        int MostNumbers() => 2 * (int)BatchNorms.Max(static norm => Math.Max(LeastChannels, norm.RunningMean?.Value.Count ?? 0));

        // What the trainer itself keeps is of the shard that goes on.
        void Enter(int shard)
        {
            var range = RangeOf(shard);
            _step.BeginPart((double)(range.End.Value - range.Start.Value) / batch.Length, goesOn: false, isUnfinished: true, shard);
            if (_step.Watch is not null) _batch = parts[shard];
        }
    }
}
