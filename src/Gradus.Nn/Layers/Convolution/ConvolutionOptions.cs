namespace Gradus.Nn;

/// <summary>Settings of <see cref="Conv1d"/>, <see cref="Conv2d"/> and <see cref="Conv3d"/>.</summary>
/// <inheritdoc cref="WindowOptions{TSize}" path="/typeparam"/>
public sealed record ConvolutionOptions<TSize> : WindowOptions<TSize> where TSize : struct
{
    /// <summary>Into how many groups the channels are divided, each with filters of its own. Default: 1.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>What the padding holds. Default: <see cref="PadMode.Constant"/>, zeros.</summary>
    public PadMode PaddingMode { get; init; }

    /// <summary>How W begins. Unset: uniform in ±1/√(in / groups · size of a filter).</summary>
    public Init? Init { get; init; }
}
