namespace Gradus.Nn;

/// <summary>Transposed convolution over lines, images or volumes: what <see cref="ConvTranspose1d"/>, 2d and 3d share.</summary>
/// <remarks>W and b begin uniform in ±1/√(out / groups · size of a window), as PyTorch's do.</remarks>
public abstract class ConvTranspose : Layer<Tensor, Tensor>
{
    private protected ConvTranspose(string name, int? inChannels, int outChannels, ConvForm form, Size3 outputPadding, bool bias, Init? init)
    {
        (Form, OutputPadding) = (form.Check(name, inChannels ?? form.Groups, outChannels), outputPadding);
        Weight = new Parameter(form.Weight(inChannels ?? -1, outChannels / form.Groups), init ?? new FanOf(null));
        Bias = bias ? new Parameter([outChannels], new FanOf(Weight)) : null;
    }

    /// <summary>W, shaped [in, out / groups, kernel …], a size for each axis of a window.</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <summary>How the windows lie.</summary>
    internal ConvForm Form { get; }

    /// <summary>Positions more at the end of each axis.</summary>
    internal Size3 OutputPadding { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (Form.Has(input)) Weight.Sizes.Settle(input.Shape[1]);
        if (!Form.Has(input) || input.Shape[1] != Weight.Shape[0]) throw Form.Got(Weight.Sizes.At(0), input);
        return Form.Transpose(input, Weight, Bias?.Value, OutputPadding);
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        Form.Describe(Weight.Sizes.At(0), Weight.Sizes.At(1, Form.Groups), Bias is not null) +
        (OutputPadding == 0 ? "" : $", output padding {Form.Sizes(OutputPadding)}");
}
