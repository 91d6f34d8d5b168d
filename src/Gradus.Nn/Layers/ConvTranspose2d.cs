namespace Gradus.Nn;

/// <summary>Transposed two-dimensional convolution: [N, in, H, W] → [N, out, H′, W′] with H′ = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + outputPadding.</summary>
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
    public ConvTranspose2d(
        int inChannels, int outChannels, Size2 kernel, Size2? stride = null, Size2 padding = default, Size2 outputPadding = default, Size2? dilation = null, int groups = 1, bool bias = true,
        Init? init = null)
    {
        _options = ConvParts.Options("convTranspose2d", inChannels, outChannels, kernel, stride ?? 1, padding, dilation ?? 1, groups);
        _outputPadding = outputPadding;
        var fan = outChannels / groups * kernel.Height * kernel.Width;
        Weight = new Parameter([inChannels, outChannels / groups, kernel.Height, kernel.Width], init ?? Init.InverseSquareRoot(fan));
        Bias = bias ? new Parameter([outChannels], Init.InverseSquareRoot(fan)) : null;
    }

    /// <summary>W, shaped [in, out / groups, kernel height, kernel width].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.ConvTranspose2d(Weight, Bias?.Value, _options, _outputPadding);

    /// <inheritdoc/>
    protected override string Describe()
    {
        var shape = Weight.Shape;
        var text = ConvParts.Describe(shape[0], shape[1] * _options.Groups, new Size2(shape[2], shape[3]).ToString(), _options, Bias is not null);
        return _outputPadding == 0 ? text : $"{text}, output padding {_outputPadding}";
    }
}
