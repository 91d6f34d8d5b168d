using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>
/// Transposed one-dimensional convolution: [N, in, L] → [N, out, L′] with L′ = (L − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + outputPadding.
/// </summary>
/// <remarks>W and b begin uniform in ±1/√(out / groups · kernel), as PyTorch's do.</remarks>
public sealed class ConvTranspose1d : Layer<Tensor, Tensor>
{
    private readonly ConvOptions _options;
    private readonly ConvOptions _flat;
    private readonly int _outputPadding;

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
    public ConvTranspose1d(
        int inChannels, int outChannels, int kernel, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1, int groups = 1,
        bool bias = true, Init? init = null)
        : this((int?)inChannels, outChannels, kernel, stride, padding, outputPadding, dilation, groups, bias, init)
    {
    }

    /// <summary>A layer of <paramref name="outChannels"/> filters; the first input tells how many channels go in.</summary>
    /// <inheritdoc cref="ConvTranspose1d(int, int, int, int, int, int, int, int, bool, Init?)"/>
    public ConvTranspose1d(
        int outChannels, int kernel, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1, int groups = 1,
        bool bias = true, Init? init = null)
        : this(null, outChannels, kernel, stride, padding, outputPadding, dilation, groups, bias, init)
    {
    }

    private ConvTranspose1d(
        int? inChannels, int outChannels, int kernel, int stride, int padding, int outputPadding, int dilation, int groups, bool bias, Init? init)
    {
        _options = ConvParts.Options("convTranspose1d", inChannels ?? groups, outChannels, kernel, stride, padding, dilation, groups);
        _flat = _options with { Stride = (1, stride), Padding = (0, padding), Dilation = (1, dilation) };
        _outputPadding = outputPadding;
        Weight = new Parameter(PendingShape.Of(inChannels ?? -1, outChannels / groups, kernel), init ?? new FanOf(null));
        Bias = bias ? new Parameter([outChannels], new FanOf(Weight)) : null;
    }

    /// <summary>W, shaped [in, out / groups, kernel].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank == 3) Weight.Sizes.Settle(input.Shape[1]);
        if (input.Rank != 3 || input.Shape[1] != Weight.Shape[0]) throw Expect.Got($"[samples, {Weight.Sizes.At(0)}, time]", input);
        // A row of height 1 convolves along its width.
        return input.Unsqueeze(2).ConvTranspose2d(Weight.Value.Unsqueeze(2), Bias?.Value, _flat, (0, _outputPadding)).Squeeze(2);
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        ConvParts.Describe(Weight.Sizes.At(0), Weight.Sizes.At(1, _options.Groups), Weight.Sizes.At(2), _options, Bias is not null) +
        (_outputPadding == 0 ? "" : $", output padding {_outputPadding}");
}
