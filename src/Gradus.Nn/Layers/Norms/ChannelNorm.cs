using System.Globalization;

namespace Gradus.Nn;

/// <summary>A norm with numbers for each channel: what <see cref="BatchNorm"/> and <see cref="InstanceNorm"/> share.</summary>
public abstract class ChannelNorm : Layer<Tensor, Tensor>
{
    private readonly int _axes;
    private readonly PendingShape _channels;
    private readonly double _epsilon;

    private protected ChannelNorm(string name, int axes, int? channels, double epsilon, bool affine, bool trackRunningStatistics)
    {
        if (channels < 1) throw new GradusException($"{name}: {channels} channels; there must be at least 1.");
        Expect.AtLeast0(name, "epsilon", epsilon);
        (_axes, _channels, _epsilon) = (axes, PendingShape.Of(channels ?? -1), epsilon);
        Weight = affine ? new Parameter(_channels, Init.Ones) : null;
        Bias = affine ? new Parameter(_channels, Init.Zeros) : null;
        if (!trackRunningStatistics) return;
        RunningMean = new ModuleBuffer(_channels, 0) { IsAverage = true };
        RunningVar = new ModuleBuffer(_channels, 1) { IsAverage = true };
        using var scope = TensorScope.Suspend();
        NumBatchesTracked = new ModuleBuffer(Tensor.Zeros([], DType.Int64));
    }

    /// <summary>The factors, [channels], or null.</summary>
    public Parameter? Weight { get; set => field = Register(value); }

    /// <summary>What is added, [channels], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <summary>The running mean, [channels], or null where none is kept. At first zeros.</summary>
    public ModuleBuffer? RunningMean { get; private init => field = Register(value); }

    /// <summary>The running variance, [channels], counted without bias, or null where none is kept. At first ones.</summary>
    public ModuleBuffer? RunningVar { get; private init => field = Register(value); }

    /// <summary>
    /// How many batches the averages of a <see cref="BatchNorm"/> have seen, an i64 scalar, or null where none are kept. That of an
    /// <see cref="InstanceNorm"/> stays as it is, as in PyTorch.
    /// </summary>
    public ModuleBuffer? NumBatchesTracked { get; private init => field = Register(value); }

    internal double Epsilon => _epsilon;

    internal override bool DiffersInTraining => RunningMean is not null || base.DiffersInTraining;

    /// <summary>Whether samples may do without places: [samples, channels].</summary>
    private protected virtual bool NeedsNoPlaces => false;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank != 2 + _axes && !(NeedsNoPlaces && input.Rank == 2)) throw Got(input);
        _channels.Settle(input.Shape[1]);
        var channels = _channels.Known!.Value;
        if (input.Shape[1] != channels[0]) throw Got(input);
        return Normalize(input, channels);
    }

    /// <summary>The norm of an input that fits.</summary>
    private protected abstract Tensor Normalize(Tensor input, Shape channels);

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_channels.At(0)}{(_epsilon == 1e-5 ? "" : string.Create(CultureInfo.InvariantCulture, $", ε {_epsilon}"))}" +
            $"{(Weight is null ? ", not affine" : "")}");

    private GradusException Got(Tensor input) =>
        Expect.Got((NeedsNoPlaces ? $"[samples, {_channels.At(0)}] or " : "") + Expect.Form(_channels.At(0), _axes), input);
}
