using System.Globalization;

namespace Gradus.Nn;

/// <summary>
/// y = (x − mean)/√(variance + ε)·weight + bias, mean and variance being those of each channel of each sample: what <see cref="InstanceNorm1d"/> and
/// <see cref="InstanceNorm2d"/> share.
/// </summary>
/// <remarks>
/// As in PyTorch there are no weight and bias by default, and no running averages. Where averages are kept, training still takes each sample's own mean
/// and variance, and moves the averages by the mean of these: running ← (1 − momentum)·running + momentum·batch, the variance counted without bias. In
/// use, the averages take their place. Ulyanov et al., "Instance normalization", 2016.
/// </remarks>
public abstract class InstanceNorm : Layer<Tensor, Tensor>
{
    private readonly PendingShape _channels;
    private readonly double _epsilon;
    private readonly double _momentum;

    private protected InstanceNorm(int? channels, double epsilon, double momentum, bool affine, bool trackRunningStatistics)
    {
        if (channels < 1) throw new GradusException($"instanceNorm: {channels} channels; there must be at least 1.");
        Expect.AtLeast0("instanceNorm", "epsilon", epsilon);
        Expect.Share("instanceNorm", "momentum", momentum);
        (_channels, _epsilon, _momentum) = (PendingShape.Of(channels ?? -1), epsilon, momentum);
        Weight = affine ? new Parameter(_channels, Init.Ones) : null;
        Bias = affine ? new Parameter(_channels, Init.Zeros) : null;
        if (!trackRunningStatistics) return;
        RunningMean = new Buffer(_channels, 0) { IsAverage = true };
        RunningVar = new Buffer(_channels, 1) { IsAverage = true };
        using var scope = TensorScope.Suspend();
        NumBatchesTracked = new Buffer(Tensor.Zeros([], DType.Int64));
    }

    /// <summary>The factors, [channels], or null.</summary>
    public Parameter? Weight { get; set => field = Register(value); }

    /// <summary>What is added, [channels], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <summary>The running mean, [channels], or null where none is kept. At first zeros.</summary>
    public Buffer? RunningMean { get; private init => field = Register(value); }

    /// <summary>The running variance, [channels], counted without bias, or null where none is kept. At first ones.</summary>
    public Buffer? RunningVar { get; private init => field = Register(value); }

    /// <summary>An i64 scalar that belongs to PyTorch's state and stays as it is, here as there; null where no averages are kept.</summary>
    public Buffer? NumBatchesTracked { get; private init => field = Register(value); }

    /// <summary>The number of axes of an input, and what those after the channels are called.</summary>
    private protected abstract (int Rank, string Places) Form { get; }

    internal override bool DiffersInTraining => RunningMean is not null || base.DiffersInTraining;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank == Form.Rank) _channels.Settle(input.Shape[1]);
        if (input.Rank != Form.Rank || input.Shape[1] != _channels.Known!.Value[0]) throw Expect.Got($"[samples, {_channels.At(0)}, {Form.Places}]", input);
        var lines = input.Flatten(2);
        if (!IsTraining && RunningMean is not null) return InUse(input);
        if (IsTraining && RunningMean is not null && !Autograd.IsRecomputing) Track(lines.Detach());
        var y = lines.LayerNorm(epsilon: _epsilon).Reshape(input.Shape);
        return Weight is null ? y : (y * Channels.Along(Weight, input)) + Channels.Along(Bias!, input);
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_channels.At(0)}{(_epsilon == 1e-5 ? "" : string.Create(CultureInfo.InvariantCulture, $", ε {_epsilon}"))}" +
            $"{(Weight is null ? ", not affine" : "")}{(RunningMean is null ? "" : ", running statistics")}");

    private Tensor InUse(Tensor input)
    {
        var channels = _channels.Known!.Value;
        var (weight, bias) = (Weight?.Value ?? Tensor.Ones(channels, input.DType), Bias?.Value ?? Tensor.Zeros(channels, input.DType));
        var y = input.BatchNorm(weight, bias, RunningMean!, RunningVar!, _epsilon);
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

/// <summary>Instance norm of lines, [samples, channels, time].</summary>
/// <inheritdoc cref="InstanceNorm" path="/remarks"/>
public sealed class InstanceNorm1d : InstanceNorm
{
    /// <summary>A layer for a number of channels.</summary>
    /// <param name="channels">The size of the input's axis 1; left out, the first input tells it.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <param name="affine">Whether there are weight and bias. Default false.</param>
    /// <param name="momentum">The share of a new batch in the running averages. Default 0.1.</param>
    /// <param name="trackRunningStatistics">Whether running averages are kept, and used outside of training. Default false.</param>
    /// <exception cref="GradusException">There are no channels, or a setting is out of range.</exception>
    public InstanceNorm1d(int? channels = null, double epsilon = 1e-5, bool affine = false, double momentum = 0.1, bool trackRunningStatistics = false)
        : base(channels, epsilon, momentum, affine, trackRunningStatistics)
    {
    }

    private protected override (int Rank, string Places) Form => (3, "time");
}

/// <summary>Instance norm of images, [samples, channels, height, width].</summary>
/// <inheritdoc cref="InstanceNorm" path="/remarks"/>
public sealed class InstanceNorm2d : InstanceNorm
{
    /// <inheritdoc cref="InstanceNorm1d(int?, double, bool, double, bool)"/>
    public InstanceNorm2d(int? channels = null, double epsilon = 1e-5, bool affine = false, double momentum = 0.1, bool trackRunningStatistics = false)
        : base(channels, epsilon, momentum, affine, trackRunningStatistics)
    {
    }

    private protected override (int Rank, string Places) Form => (4, "height, width");
}
