namespace Gradus.Nn;

/// <summary>How the windows of a layer lie, and whether it adds a bias: what the options of all convolutions share.</summary>
/// <typeparam name="TSize">
/// <c>int</c> for lines, <see cref="Size2"/> for images, <see cref="Size3"/> for volumes; one number stands for all axes of these.
/// </typeparam>
public abstract record WindowOptions<TSize> where TSize : struct
{
    private protected WindowOptions()
    {
    }

    /// <summary>Positions from one window to the next. Default: 1.</summary>
    public TSize? Stride { get; init; }

    /// <summary>Positions around the input, on each side. Default: 0.</summary>
    public TSize Padding { get; init; }

    /// <summary>Positions from one tap of a window to the next. Default: 1, without gaps.</summary>
    public TSize? Dilation { get; init; }

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The settings by name: <c>ConvolutionOptions { Stride = 2, Padding = 1, … }</c>.</summary>
    public sealed override string ToString() => RecordText.Of(GetType().Name.Split('`')[0], PrintMembers);
}
