using System.Globalization;

namespace Gradus.Nn;

/// <summary>y = (x − mean)/√(variance + ε)·weight + bias, mean and variance being those of a group of channels of one sample: [samples, channels, …].</summary>
/// <remarks>Weight begins as ones, bias as zeros, one number for each channel. Wu and He, "Group normalization", 2018.</remarks>
public sealed class GroupNorm : Layer<Tensor, Tensor>
{
    private readonly int _groups;
    private readonly double _epsilon;
    private readonly PendingShape _channels;

    /// <summary>A layer for a number of groups.</summary>
    /// <param name="channels">The size of the input's axis 1.</param>
    /// <param name="groups">The number of groups, which divides the channels.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <param name="affine">Whether there are weight and bias. Default true.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    public GroupNorm(int channels, int groups, double epsilon = 1e-5, bool affine = true) : this((int?)channels, groups, epsilon, affine)
    {
    }

    /// <summary>A layer for a number of groups; the first input tells the number of channels.</summary>
    /// <inheritdoc cref="GroupNorm(int, int, double, bool)"/>
    public GroupNorm(int groups, double epsilon = 1e-5, bool affine = true) : this(null, groups, epsilon, affine)
    {
    }

    private GroupNorm(int? channels, int groups, double epsilon, bool affine)
    {
        Expect.Positive("groupNorm", "groups", groups);
        Expect.AtLeast0("groupNorm", "epsilon", epsilon);
        if (channels < 1 || channels % groups > 0) throw new GradusException($"groupNorm: {channels} channels cannot be divided into {groups} groups.");
        (_groups, _epsilon, _channels) = (groups, epsilon, PendingShape.Of(channels ?? -1));
        Weight = affine ? new Parameter(_channels, Init.Ones) : null;
        Bias = affine ? new Parameter(_channels, Init.Zeros) : null;
    }

    /// <summary>The factors, [channels], or null.</summary>
    public Parameter? Weight { get; set => field = Register(value); }

    /// <summary>What is added, [channels], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank < 2 || input.Shape[1] % _groups != 0) throw Expect.Got($"[samples, channels, ...] with channels divisible by {_groups}", input);
        _channels.Settle(input.Shape[1]);
        if (input.Shape[1] != _channels.Known!.Value[0]) throw Expect.Got($"[samples, {_channels.At(0)}, ...]", input);
        var y = input.Reshape(input.Shape[0], _groups, -1).LayerNorm(epsilon: _epsilon).Reshape(input.Shape);
        return Weight is null ? y : (y * Channels.Along(Weight, input)) + Channels.Along(Bias!, input);
    }

    /// <inheritdoc/>
    protected override string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_channels.At(0)}, {_groups} groups{(_epsilon == 1e-5 ? "" : string.Create(CultureInfo.InvariantCulture, $", ε {_epsilon}"))}" +
        $"{(Weight is null ? ", not affine" : "")}");
}
