namespace Gradus.Nn;

/// <summary>Convolution in two steps: each channel for itself, then the channels of each place with each other: [N, in, L] → [N, out, L′].</summary>
/// <remarks>Chollet, "Xception: deep learning with depthwise separable convolutions", 2017.</remarks>
public sealed class SeparableConv1d : Layer<Tensor, Tensor>
{
    /// <summary>A layer to <paramref name="outChannels"/> channels.</summary>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernel">The size of a filter.</param>
    /// <param name="stride">Positions from one window to the next. Default: 1.</param>
    /// <param name="padding">Zeros on each side. Default: 0.</param>
    /// <param name="dilation">Positions from one tap to the next. Default: 1.</param>
    /// <param name="multiplier">Filters for each channel in the first step. Default: 1.</param>
    /// <param name="bias">Whether the second step adds a bias. Default: true.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public SeparableConv1d(int outChannels, int kernel, int stride = 1, int padding = 0, int dilation = 1, int multiplier = 1, bool bias = true)
    {
        Depthwise = new DepthwiseConv1d(kernel, stride, padding, dilation, multiplier, bias: false);
        Pointwise = new Conv1d(outChannels, 1, bias: bias);
    }

    /// <summary>The first step.</summary>
    public DepthwiseConv1d Depthwise { get; set => field = Register(value); }

    /// <summary>The second.</summary>
    public Conv1d Pointwise { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Pointwise.Forward(Depthwise.Forward(input));
}
