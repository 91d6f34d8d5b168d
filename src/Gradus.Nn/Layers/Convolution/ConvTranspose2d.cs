using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>
/// Transposed two-dimensional convolution: [N, in, H, W] → [N, out, H′, W′] with H′ = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + outputPadding.
/// </summary>
/// <remarks>W and b begin uniform in ±1/√(out / groups · kernel height · kernel width), as PyTorch's do.</remarks>
public sealed class ConvTranspose2d : Layer<Tensor, Tensor>
{
    private readonly ConvOptions _options;
    private readonly Size2 _outputPadding;

    /// <summary>A layer to <paramref name="outChannels"/> channels.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="stride">Positions in the output from one window to the next. Default: 1.</param>
    /// <param name="padding">Positions cut from each side of the output. Default: 0.</param>
    /// <param name="outputPadding">Positions added at the end of the output. Default: 0.</param>
    /// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
    /// <param name="groups">Into how many groups the channels are divided. Default: 1.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W begins; unset, uniform as above.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    // Preferred, so that three numbers are never taken for a filter count, a kernel and a stride.
    [OverloadResolutionPriority(1)]
    public ConvTranspose2d(
        int inChannels, int outChannels, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2 outputPadding = default,
        Size2? dilation = null, int groups = 1, bool bias = true, Init? init = null)
        : this((int?)inChannels, outChannels, kernel, stride, padding, outputPadding, dilation, groups, bias, init)
    {
    }

    /// <summary>A layer of <paramref name="outChannels"/> filters; the first input tells how many channels go in.</summary>
    /// <inheritdoc cref="ConvTranspose2d(int, int, Size2, Size2?, Size2, Size2, Size2?, int, bool, Init?)"/>
    public ConvTranspose2d(
        int outChannels, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2 outputPadding = default,
        Size2? dilation = null, int groups = 1, bool bias = true, Init? init = null)
        : this(null, outChannels, kernel, stride, padding, outputPadding, dilation, groups, bias, init)
    {
    }

    private ConvTranspose2d(
        int? inChannels, int outChannels, Size2 kernel, Size2? stride, Size2 padding, Size2 outputPadding, Size2? dilation, int groups, bool bias, Init? init)
    {
        _options = ConvParts.Options("convTranspose2d", inChannels ?? groups, outChannels, kernel, stride ?? 1, padding, dilation ?? 1, groups);
        _outputPadding = outputPadding;
        Weight = new Parameter(PendingShape.Of(inChannels ?? -1, outChannels / groups, kernel.Height, kernel.Width), init ?? new FanOf(null));
        Bias = bias ? new Parameter([outChannels], new FanOf(Weight)) : null;
    }

    /// <summary>W, shaped [in, out / groups, kernel height, kernel width].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank == 4) Weight.Sizes.Settle(input.Shape[1]);
        if (input.Rank != 4 || input.Shape[1] != Weight.Shape[0]) throw Expect.Got($"[samples, {Weight.Sizes.At(0)}, height, width]", input);
        return input.ConvTranspose2d(Weight, Bias?.Value, _options, _outputPadding);
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        ConvParts.Describe(Weight.Sizes.At(0), Weight.Sizes.At(1, _options.Groups), $"{Weight.Sizes.At(2)}×{Weight.Sizes.At(3)}", _options, Bias is not null) +
        (_outputPadding == 0 ? "" : $", output padding {_outputPadding}");
}
