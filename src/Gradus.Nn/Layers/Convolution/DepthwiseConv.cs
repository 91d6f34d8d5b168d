namespace Gradus.Nn;

/// <summary>Convolution of each channel for itself, over lines, images or volumes: what <see cref="DepthwiseConv1d"/>, 2d and 3d share.</summary>
/// <remarks>The state is that of a convolution whose groups are the channels; W and b begin uniform in ±1/√(size of a filter).</remarks>
public abstract class DepthwiseConv : Layer<Tensor, Tensor>
{
    private readonly int _multiplier;

    private protected DepthwiseConv(string name, int? channels, ConvForm form, int multiplier, bool bias)
    {
        (Form, _multiplier) = (form.Check(name, channels ?? 1, multiplier), multiplier);
        var filters = channels is { } given ? Shape.Size((long)given * multiplier, name) : -1;
        Weight = new Parameter(form.Weight(filters, 1), new FanOf(null));
        Bias = bias ? new Parameter(PendingShape.Of(filters), new FanOf(Weight)) : null;
    }

    /// <summary>W, shaped [channels·multiplier, 1, kernel …], a size for each axis of a filter.</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [channels·multiplier], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <summary>How the windows lie, in one group.</summary>
    internal ConvForm Form { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (Form.Has(input))
        {
            Weight.Sizes.Settle(input.Shape[1] * _multiplier);
            Bias?.Sizes.Settle(input.Shape[1] * _multiplier);
        }

        if (!Form.Has(input) || input.Shape[1] * _multiplier != Weight.Shape[0]) throw Form.Got(Inputs, input);
        return Form.Grouped(input.Shape[1]).Convolve(input, Weight, Bias?.Value);
    }

    /// <inheritdoc/>
    protected override string Describe() => Form.Describe(Inputs, Weight.Sizes.At(0), Bias is not null);

    private string Inputs => Weight.IsKnown ? FormattableString.Invariant($"{Weight.Shape[0] / _multiplier}") : "?";
}
