namespace Gradus.Nn;

/// <summary>Convolution over lines, images or volumes: what <see cref="Conv1d"/>, 2d and 3d share.</summary>
/// <remarks>W and b begin uniform in ±1/√(in / groups · size of a filter), as PyTorch's do.</remarks>
public abstract class Conv : Layer<Tensor, Tensor>
{
    private protected Conv(string name, int? inChannels, int outChannels, ConvForm form, bool bias, Init? init)
    {
        Form = form.Check(name, inChannels ?? form.Groups, outChannels);
        Weight = new Parameter(form.Weight(outChannels, inChannels / form.Groups ?? -1), init ?? new FanOf(null));
        Bias = bias ? new Parameter([outChannels], new FanOf(Weight)) : null;
    }

    /// <summary>W, shaped [out, in / groups, kernel …], a size for each axis of a filter.</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <summary>What the padding holds.</summary>
    public PadMode PaddingMode => Form.PaddingMode;

    internal ConvForm Form { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (Form.Has(input)) Weight.Sizes.Settle(PerGroup(input));
        if (!Form.Has(input) || input.Shape[1] != Weight.Shape[1] * Form.Groups) throw Form.Got(Inputs, input);
        return Form.Convolve(input, Weight, Bias?.Value);
    }

    /// <inheritdoc/>
    protected override string Describe() => Form.Describe(Inputs, Weight.Sizes.At(0), Bias is not null) + PaddingMode switch
    {
        PadMode.Reflect => ", padding reflected",
        PadMode.Replicate => ", padding replicated",
        PadMode.Circular => ", padding circular",
        _ => "",
    };

    private string Inputs => Weight.Sizes.At(1, Form.Groups);

    private int PerGroup(Tensor input) => input.Shape[1] % Form.Groups == 0
        ? input.Shape[1] / Form.Groups
        : throw Expect.Got(FormattableString.Invariant($"[samples, channels, ...] with channels divisible by {Form.Groups}"), input);
}
