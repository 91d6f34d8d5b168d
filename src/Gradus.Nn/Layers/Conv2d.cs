namespace Gradus.Nn;

/// <summary>Two-dimensional convolution: [N, in, H, W] → [N, out, H′, W′] with H′ = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.</summary>
/// <remarks>W and b begin uniform in ±1/√(in / groups · kernel height · kernel width), as PyTorch's do.</remarks>
public sealed class Conv2d : Layer<Tensor, Tensor>
{
    private readonly ConvOptions _options;

    /// <summary>A layer of <paramref name="outChannels"/> filters.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernel">The size of a filter.</param>
    /// <param name="stride">Positions from one window to the next. Default: 1.</param>
    /// <param name="padding">Zeros around the image, on each side. Default: 0.</param>
    /// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
    /// <param name="groups">Into how many groups the channels are divided. Default: 1.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W begins; unset, uniform as above.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    public Conv2d(int inChannels, int outChannels, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null, int groups = 1, bool bias = true, Init? init = null)
    {
        _options = ConvParts.Options("conv2d", inChannels, outChannels, kernel, stride ?? 1, padding, dilation ?? 1, groups);
        var fan = inChannels / groups * kernel.Height * kernel.Width;
        Weight = new Parameter([outChannels, inChannels / groups, kernel.Height, kernel.Width], init ?? Init.InverseSquareRoot(fan));
        Bias = bias ? new Parameter([outChannels], Init.InverseSquareRoot(fan)) : null;
    }

    /// <summary>W, shaped [out, in / groups, kernel height, kernel width].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Conv2d(Weight, Bias?.Value, _options);

    /// <inheritdoc/>
    protected override string Describe()
    {
        var shape = Weight.Shape;
        return ConvParts.Describe(shape[1] * _options.Groups, shape[0], new Size2(shape[2], shape[3]).ToString(), _options, Bias is not null);
    }
}
