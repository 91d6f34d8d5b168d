namespace Gradus.Nn;

/// <summary>
/// Settings of <see cref="ConvTranspose1d"/>, <see cref="ConvTranspose2d"/> and <see cref="ConvTranspose3d"/>: the stride lies between windows of the output,
/// and the padding is cut from it.
/// </summary>
/// <inheritdoc cref="WindowOptions{TSize}" path="/typeparam"/>
public sealed record TransposedConvolutionOptions<TSize> : WindowOptions<TSize> where TSize : struct
{
    /// <summary>Positions added at the end of the output. Default: 0.</summary>
    public TSize OutputPadding { get; init; }

    /// <summary>Into how many groups the channels are divided, each with filters of its own. Default: 1.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>How W begins. Unset: uniform in ±1/√(out / groups · size of a window).</summary>
    public Init? Init { get; init; }
}
