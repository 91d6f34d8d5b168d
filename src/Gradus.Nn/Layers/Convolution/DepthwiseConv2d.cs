namespace Gradus.Nn;

/// <summary>Convolution of each channel for itself: [N, C, H, W] → [N, C·multiplier, H′, W′].</summary>
/// <remarks>The state is that of a convolution whose groups are the channels; W and b begin uniform in ±1/√(size of a filter).</remarks>
public sealed class DepthwiseConv2d : Layer<Tensor, Tensor>
{
    private readonly ConvOptions _options;
    private readonly int _multiplier;

    /// <summary>A layer of some filters for each channel.</summary>
    /// <param name="kernel">The size of a filter.</param>
    /// <param name="stride">Positions from one window to the next. Default: 1.</param>
    /// <param name="padding">Zeros on each side. Default: 0.</param>
    /// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
    /// <param name="multiplier">Filters for each channel. Default: 1.</param>
    /// <param name="channels">Channels of the input; left out, the first input tells it.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public DepthwiseConv2d(
        Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null, int multiplier = 1, int? channels = null, bool bias = true)
    {
        _options = ConvParts.Options("depthwiseConv2d", channels ?? 1, multiplier, kernel, stride ?? 1, padding, dilation ?? 1, 1);
        _multiplier = multiplier;
        var filters = channels is { } given ? Shape.Size((long)given * multiplier, "depthwiseConv2d") : -1;
        Weight = new Parameter(PendingShape.Of(filters, 1, kernel.Height, kernel.Width), new FanOf(null));
        Bias = bias ? new Parameter(PendingShape.Of(filters), new FanOf(Weight)) : null;
    }

    /// <summary>W, shaped [channels·multiplier, 1, kernel height, kernel width].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [channels·multiplier], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank == 4)
        {
            Weight.Sizes.Settle(input.Shape[1] * _multiplier);
            Bias?.Sizes.Settle(input.Shape[1] * _multiplier);
        }

        if (input.Rank != 4 || input.Shape[1] * _multiplier != Weight.Shape[0]) throw Expect.Got($"[samples, {Inputs}, height, width]", input);
        return input.Conv2d(Weight, Bias?.Value, _options with { Groups = input.Shape[1] });
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        ConvParts.Describe(Inputs, Weight.Sizes.At(0), $"{Weight.Sizes.At(2)}×{Weight.Sizes.At(3)}", _options, Bias is not null);

    private string Inputs => Weight.IsKnown ? FormattableString.Invariant($"{Weight.Shape[0] / _multiplier}") : "?";
}
