namespace Gradus.Nn;

/// <summary>y = (x − mean)/√(variance + ε)·weight + bias for each channel: what <see cref="BatchNorm1d"/>, 2d and 3d share.</summary>
/// <remarks>
/// In training, mean and variance are those of the batch (over samples and places), and running averages of them are kept: running ← (1 − momentum)·running +
/// momentum·batch, the variance counted without bias, as count/(count − 1) of the one used.
/// In use, the running averages take their place. They are kept in f32 where the network is in a half type.
/// In training a layer is for one thread at a time.
/// Weight begins as ones, bias as zeros. Ioffe and Szegedy, "Batch normalization", 2015.
/// </remarks>
public abstract class BatchNorm : ChannelNorm
{
    private readonly double? _momentum;

    private protected BatchNorm(int axes, int? channels, double epsilon, double? momentum, bool affine, bool trackRunningStatistics)
        : base("batchNorm", axes, channels, epsilon, affine, trackRunningStatistics)
    {
        if (momentum is { } share) Expect.Share("batchNorm", "momentum", share);
        _momentum = momentum;
    }

    /// <summary>Whether, whatever the momentum, all batches have equal shares in the running averages.</summary>
    internal bool CountsAllAlike { get; set; }

    /// <summary>Begins the running averages anew, all batches to have equal shares.</summary>
    internal void Restart()
    {
        RunningMean?.Value.Fill(0);
        RunningVar?.Value.Fill(1);
        NumBatchesTracked?.Value.Fill(0);
        CountsAllAlike = true;
    }

    private protected sealed override Tensor Normalize(Tensor input, Shape channels)
    {
        var weight = Weight?.Value ?? Tensor.Ones(channels, input.DType);
        var bias = Bias?.Value ?? Tensor.Zeros(channels, input.DType);
        if (input.DType.IsHalf && weight.DType.IsHalf) return Normalize(input.To(DType.Float32), weight, bias).To(input.DType);
        return Normalize(input, weight, bias);
    }

    private Tensor Normalize(Tensor input, Tensor weight, Tensor bias)
    {
        if (!IsTraining && RunningMean is not null) return input.BatchNorm(weight, bias, RunningMean, RunningVar!, Epsilon);
        var count = input.Count / input.Shape[1];
        var (output, mean, variance) = ShardGroup.Current is null ? input.BatchNorm(weight, bias, Epsilon)
            : OverShards(input, weight, bias, ref count);
        if (IsTraining && RunningMean is not null && !Autograd.IsRecomputing) Track(mean.Detach(), variance.Detach(), count);
        return output;
    }

    /// <summary>
    /// Mean and variance over all shards, put together from those of each (Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing
    /// sample variances", 1979): n = Σ nₛ, mean = Σ nₛ·meanₛ / n, variance = Σ nₛ·(varianceₛ + (meanₛ − mean)²) / n.
    /// </summary>
    private (Tensor Output, Tensor Mean, Tensor Variance) OverShards(Tensor input, Tensor weight, Tensor bias, ref long count)
    {
        var own = count;
        var (ownMean, ownVariance) = OfShard(input, own);
        var sum = new SumOverShards(own);
        var mean = sum.Apply(ownMean * own) / sum.Count;
        var variance = new SumOverShards().Apply((ownVariance + (ownMean - mean).Square()) * own) / sum.Count;
        count = sum.Count;
        return (input.BatchNorm(weight, bias, mean, variance, Epsilon), mean, variance);
    }

    private (Tensor Mean, Tensor Variance) OfShard(Tensor input, long count)
    {
        var channels = input.Shape[1];
        if (count == 1) return (input.Reshape(channels), Tensor.Zeros([channels], input.DType));
        var (_, mean, variance) = input.BatchNorm(Tensor.Ones([channels], input.DType), Tensor.Zeros([channels], input.DType), Epsilon);
        return (mean, variance);
    }

    private void Track(Tensor mean, Tensor variance, long count)
    {
        Tensor runningMean = RunningMean!, runningVariance = RunningVar!, batches = NumBatchesTracked!;
        batches.Fill(batches.Item() + 1);
        var share = CountsAllAlike ? 1 / batches.Item() : _momentum ?? (1 / batches.Item());
        UpdateKernels.Running(runningMean, mean.To(runningMean.DType), share, 1);
        UpdateKernels.Running(runningVariance, variance.To(runningVariance.DType), share, (double)count / (count - 1));
    }
}
