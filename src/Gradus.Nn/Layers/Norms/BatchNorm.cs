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
        if (ShardGroup.Current is not null) return NormalizeOverShards(input, weight, bias);
        var (output, mean, variance) = input.BatchNorm(weight, bias, Epsilon);
        if (IsTracking) Track(mean.Detach(), variance.Detach(), input.Count / input.Shape[1]);
        return output;
    }

    private bool IsTracking => IsTraining && RunningMean is not null && !Autograd.IsRecomputing;

    private Tensor NormalizeOverShards(Tensor input, Tensor weight, Tensor bias)
    {
        var norm = new SyncBatchNorm(Epsilon);
        var output = norm.Apply(input.To(DType.Float32), weight.To(DType.Float32), bias.To(DType.Float32)).To(input.DType);
        if (IsTracking) Track(Tensor.From(norm.Mean, [norm.Mean.Length]), Tensor.From(norm.Variance, [norm.Mean.Length]), norm.Count);
        return output;
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
