namespace Gradus.Nn;

/// <summary>
/// Settings of <see cref="DepthwiseConv1d"/>, <see cref="SeparableConv1d"/> and their 2d and 3d forms. The bias of a separable convolution is that of its
/// second step.
/// </summary>
/// <inheritdoc cref="WindowOptions{TSize}" path="/typeparam"/>
public sealed record DepthwiseConvolutionOptions<TSize> : WindowOptions<TSize> where TSize : struct
{
    /// <summary>Filters for each channel. Default: 1.</summary>
    public int Multiplier { get; init; } = 1;
}
