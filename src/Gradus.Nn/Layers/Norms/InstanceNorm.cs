namespace Gradus.Nn;

/// <summary>
/// y = (x − mean)/√(variance + ε)·weight + bias, mean and variance being those of each channel of each sample: what
/// <see cref="InstanceNorm1d"/>, 2d and 3d share.
/// </summary>
/// <remarks>
/// As in PyTorch there are no weight and bias by default, and no running averages. Where averages are kept, training still takes each sample's own mean
/// and variance, and moves the averages by the mean of these: running ← (1 − momentum)·running + momentum·batch, the variance counted without bias. In
/// use, the averages take their place. Ulyanov et al., "Instance normalization", 2016.
/// </remarks>
public abstract class InstanceNorm : ChannelNorm
{
    private readonly double _momentum;

    private protected InstanceNorm(int axes, int? channels, double epsilon, double momentum, bool affine, bool trackRunningStatistics)
        : base("instanceNorm", axes, channels, epsilon, affine, trackRunningStatistics)
    {
        Expect.Share("instanceNorm", "momentum", momentum);
        _momentum = momentum;
    }

    private protected sealed override Tensor Normalize(Tensor input, Shape channels)
    {
        var lines = input.Flatten(2);
        if (!IsTraining && RunningMean is not null) return InUse(input, channels);
        if (IsTraining && RunningMean is not null && !Autograd.IsRecomputing) Track(lines.Detach());
        var y = lines.LayerNorm(epsilon: Epsilon).Reshape(input.Shape);
        return Weight is null ? y : (y * Channels.Along(Weight, input)) + Channels.Along(Bias!, input);
    }

    /// <inheritdoc/>
    protected override string Describe() => base.Describe() + (RunningMean is null ? "" : ", running statistics");

    private Tensor InUse(Tensor input, Shape channels)
    {
        var (weight, bias) = (Weight?.Value ?? Tensor.Ones(channels, input.DType), Bias?.Value ?? Tensor.Zeros(channels, input.DType));
        var y = input.BatchNorm(weight, bias, RunningMean!, RunningVar!, Epsilon);
        return input.DType.IsHalf && weight.DType.IsHalf ? y.To(input.DType) : y;
    }

    private void Track(Tensor lines)
    {
        if (lines.Shape[2] < 2)
        {
            throw new GradusException(
                $"instanceNorm: the input is {lines.Describe()}: one value for each channel of a sample has no variance to average. " +
                "Use larger inputs, or leave trackRunningStatistics out.");
        }

        Tensor mean = RunningMean!, variance = RunningVar!;
        if (lines.DType.IsHalf) lines = lines.To(DType.Float32);
        UpdateKernels.Running(mean, lines.Mean([0, 2]).To(mean.DType), _momentum, 1);
        UpdateKernels.Running(variance, lines.Var(2).Mean(0).To(variance.DType), _momentum, 1);
    }
}
