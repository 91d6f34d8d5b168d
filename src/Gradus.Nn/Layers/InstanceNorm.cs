using System.Globalization;

namespace Gradus.Nn;

/// <summary>y = (x − mean)/√(variance + ε)·weight + bias, mean and variance being those of each channel of each sample: what <see cref="InstanceNorm1d"/> and <see cref="InstanceNorm2d"/> share.</summary>
/// <remarks>As in PyTorch there are no weight and bias by default. Ulyanov et al., "Instance normalization", 2016.</remarks>
public abstract class InstanceNorm : Layer<Tensor, Tensor>
{
    private readonly PendingShape _channels;
    private readonly double _epsilon;

    private protected InstanceNorm(int? channels, double epsilon, bool affine)
    {
        if (channels < 1) throw new GradusException($"instanceNorm: {channels} channels; there must be at least 1.");
        (_channels, _epsilon) = (PendingShape.Of(channels ?? -1), epsilon);
        Weight = affine ? new Parameter(_channels, Init.Ones) : null;
        Bias = affine ? new Parameter(_channels, Init.Zeros) : null;
    }

    /// <summary>The factors, [channels], or null.</summary>
    public Parameter? Weight { get; set => field = Register(value); }

    /// <summary>What is added, [channels], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <summary>The number of axes of an input, and what those after the channels are called.</summary>
    private protected abstract (int Rank, string Places) Form { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank == Form.Rank) _channels.Settle(input.Shape[1]);
        if (input.Rank != Form.Rank || input.Shape[1] != _channels.Known!.Value[0]) throw Expect.Got($"[samples, {_channels.At(0)}, {Form.Places}]", input);
        var y = input.Flatten(2).LayerNorm(epsilon: _epsilon).Reshape(input.Shape);
        return Weight is null ? y : (y * Channels.Along(Weight, input)) + Channels.Along(Bias!, input);
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{_channels.At(0)}{(_epsilon == 1e-5 ? "" : string.Create(CultureInfo.InvariantCulture, $", ε {_epsilon}"))}{(Weight is null ? ", not affine" : "")}");
}

/// <summary>Instance norm of lines, [samples, channels, time].</summary>
/// <inheritdoc cref="InstanceNorm" path="/remarks"/>
public sealed class InstanceNorm1d : InstanceNorm
{
    /// <summary>A layer for a number of channels.</summary>
    /// <param name="channels">The size of the input's axis 1; left out, the first input tells it.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <param name="affine">Whether there are weight and bias. Default false.</param>
    /// <exception cref="GradusException">There are no channels.</exception>
    public InstanceNorm1d(int? channels = null, double epsilon = 1e-5, bool affine = false) : base(channels, epsilon, affine)
    {
    }

    private protected override (int Rank, string Places) Form => (3, "time");
}

/// <summary>Instance norm of images, [samples, channels, height, width].</summary>
/// <inheritdoc cref="InstanceNorm" path="/remarks"/>
public sealed class InstanceNorm2d : InstanceNorm
{
    /// <inheritdoc cref="InstanceNorm1d(int?, double, bool)"/>
    public InstanceNorm2d(int? channels = null, double epsilon = 1e-5, bool affine = false) : base(channels, epsilon, affine)
    {
    }

    private protected override (int Rank, string Places) Form => (4, "height, width");
}
