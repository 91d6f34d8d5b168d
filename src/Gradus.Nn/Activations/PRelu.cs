namespace Gradus.Nn;

/// <summary>x above 0, else slope·x, with a slope that is learnt: one for all, or one for each channel (axis 1). He et al., 2015.</summary>
public sealed class PRelu : Layer<Tensor, Tensor>
{
    /// <summary>A layer of some slopes.</summary>
    /// <param name="channels">How many: 1, or the size of axis 1. Default 1.</param>
    /// <param name="slope">What they begin with. Default 0.25.</param>
    /// <exception cref="GradusException">There are no slopes.</exception>
    public PRelu(int channels = 1, double slope = 0.25)
    {
        Expect.Positive("prelu", "channels", channels);
        Weight = new Parameter([channels], Init.Value(slope));
    }

    /// <summary>The slopes, [channels].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var channels = Weight.Shape[0];
        if (channels == 1) return input.PRelu(Weight);
        if (input.Rank < 2 || input.Shape[1] != channels) throw Expect.Got($"[samples, {channels}, ...]", input);
        return input.PRelu(Channels.Along(Weight, input));
    }

    /// <inheritdoc/>
    protected override string Describe() => Weight.Sizes.At(0);
}
