using System.Globalization;

namespace Gradus.Nn;

/// <summary>One-dimensional convolution: [N, in, L] → [N, out, L′] with L′ = ⌊(L + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.</summary>
/// <remarks>W and b begin uniform in ±1/√(in / groups · kernel), as PyTorch's do.</remarks>
public sealed class Conv1d : Layer<Tensor, Tensor>
{
    private readonly ConvOptions _options;

    /// <summary>A layer of <paramref name="outChannels"/> filters.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernel">The size of a filter.</param>
    /// <param name="stride">Positions from one window to the next. Default: 1.</param>
    /// <param name="padding">Zeros on each side. Default: 0.</param>
    /// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
    /// <param name="groups">Into how many groups the channels are divided. Default: 1.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W begins; unset, uniform as above.</param>
    /// <exception cref="GradusException">A size is not positive, or the channels cannot be divided.</exception>
    public Conv1d(int inChannels, int outChannels, int kernel, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, Init? init = null)
    {
        _options = ConvParts.Options("conv1d", inChannels, outChannels, kernel, stride, padding, dilation, groups);
        var fan = inChannels / groups * kernel;
        Weight = new Parameter([outChannels, inChannels / groups, kernel], init ?? Init.InverseSquareRoot(fan));
        Bias = bias ? new Parameter([outChannels], Init.InverseSquareRoot(fan)) : null;
    }

    /// <summary>W, shaped [out, in / groups, kernel].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, shaped [out], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Conv1d(Weight, Bias?.Value, _options);

    /// <inheritdoc/>
    protected override string Describe()
    {
        var shape = Weight.Shape;
        return ConvParts.Describe(shape[1] * _options.Groups, shape[0], shape[2].ToString(CultureInfo.InvariantCulture), _options, Bias is not null);
    }
}
