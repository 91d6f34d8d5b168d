using System.Globalization;

namespace Gradus.Nn;

/// <summary>y = (x − mean)/√(variance + ε)·weight + bias for each channel: what <see cref="BatchNorm1d"/> and <see cref="BatchNorm2d"/> share.</summary>
/// <remarks>
/// In training, mean and variance are those of the batch (over samples and places), and running averages of them are kept: running ← (1 − momentum)·running +
/// momentum·batch, the variance counted without bias, as count/(count − 1) of the one used.
/// In use, the running averages take their place. They are kept in f32 where the network is in a half type.
/// In training a layer is for one thread at a time.
/// Weight begins as ones, bias as zeros. Ioffe and Szegedy, "Batch normalization", 2015.
/// </remarks>
public abstract class BatchNorm : Layer<Tensor, Tensor>
{
    private readonly PendingShape _channels;
    private readonly double _epsilon;
    private readonly double? _momentum;

    private protected BatchNorm(int? channels, double epsilon, double? momentum, bool affine, bool trackRunningStatistics)
    {
        if (channels < 1) throw new GradusException($"batchNorm: {channels} channels; there must be at least 1.");
        Expect.AtLeast0("batchNorm", "epsilon", epsilon);
        if (momentum is { } share) Expect.Share("batchNorm", "momentum", share);
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

    /// <summary>How many batches the averages have seen, an i64 scalar, or null where none are kept.</summary>
    public Buffer? NumBatchesTracked { get; private init => field = Register(value); }

    internal double Epsilon => _epsilon;

    internal override bool DiffersInTraining => RunningMean is not null || base.DiffersInTraining;

    /// <summary>Whether, whatever the momentum, all batches have equal shares in the running averages.</summary>
    internal bool CountsAllAlike { get; set; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (!HasRank(input.Rank)) throw Expect.Got(Axes(_channels.At(0)), input);
        _channels.Settle(input.Shape[1]);
        var channels = _channels.Known!.Value;
        if (input.Shape[1] != channels[0]) throw Expect.Got(Axes(_channels.At(0)), input);
        var weight = Weight?.Value ?? Tensor.Ones(channels, input.DType);
        var bias = Bias?.Value ?? Tensor.Zeros(channels, input.DType);
        if (input.DType.IsHalf && weight.DType.IsHalf) return Normalise(input.To(DType.Float32), weight, bias).To(input.DType);
        return Normalise(input, weight, bias);
    }

    private Tensor Normalise(Tensor input, Tensor weight, Tensor bias)
    {
        if (!IsTraining && RunningMean is not null) return input.BatchNorm(weight, bias, RunningMean, RunningVar!, _epsilon);
        var (output, mean, variance) = input.BatchNorm(weight, bias, _epsilon);
        if (IsTraining && RunningMean is not null && !Autograd.IsRecomputing) Track(mean.Detach(), variance.Detach(), input.Count / input.Shape[1]);
        return output;
    }

    /// <summary>Whether an input has the right number of axes.</summary>
    private protected abstract bool HasRank(int rank);

    /// <summary>The axes of an input, as an error tells them.</summary>
    private protected abstract string Axes(string channels);

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_channels.At(0)}{(_epsilon == 1e-5 ? "" : string.Create(CultureInfo.InvariantCulture, $", ε {_epsilon}"))}" +
            $"{(Weight is null ? ", not affine" : "")}");

    /// <summary>Begins the running averages anew, all batches to have equal shares.</summary>
    internal void Restart()
    {
        RunningMean?.Value.Fill(0);
        RunningVar?.Value.Fill(1);
        NumBatchesTracked?.Value.Fill(0);
        CountsAllAlike = true;
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

/// <summary>Batch norm of [samples, channels] or [samples, channels, time].</summary>
/// <inheritdoc cref="BatchNorm" path="/remarks"/>
public sealed class BatchNorm1d : BatchNorm
{
    /// <summary>A layer for a number of channels.</summary>
    /// <param name="channels">The size of the input's axis 1; left out, the first input tells it.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <param name="momentum">The share of a new batch in the running averages, default 0.1; null gives all batches equal shares.</param>
    /// <param name="affine">Whether there are weight and bias. Default true.</param>
    /// <param name="trackRunningStatistics">Whether running averages are kept, and used in place of the batch's own outside of training. Default true.</param>
    /// <exception cref="GradusException">There are no channels, or a setting is out of range.</exception>
    public BatchNorm1d(int? channels = null, double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true)
        : base(channels, epsilon, momentum, affine, trackRunningStatistics)
    {
    }

    private protected override bool HasRank(int rank) => rank is 2 or 3;

    private protected override string Axes(string channels) => $"[samples, {channels}] or [samples, {channels}, time]";
}

/// <summary>Batch norm of images, [samples, channels, height, width].</summary>
/// <inheritdoc cref="BatchNorm" path="/remarks"/>
public sealed class BatchNorm2d : BatchNorm
{
    /// <inheritdoc cref="BatchNorm1d(int?, double, double?, bool, bool)"/>
    public BatchNorm2d(int? channels = null, double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStatistics = true)
        : base(channels, epsilon, momentum, affine, trackRunningStatistics)
    {
    }

    private protected override bool HasRank(int rank) => rank == 4;

    private protected override string Axes(string channels) => $"[samples, {channels}, height, width]";
}
