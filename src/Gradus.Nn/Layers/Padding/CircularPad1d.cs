namespace Gradus.Nn;

/// <summary>The other end around each line: [N, C, L] → [N, C, before + L + after].</summary>
public sealed class CircularPad1d : Padding
{
    /// <inheritdoc cref="ZeroPad1d(int)"/>
    public CircularPad1d(int width) : this(width, width)
    {
    }

    /// <inheritdoc cref="ZeroPad1d(int, int)"/>
    public CircularPad1d(int before, int after) : base(PadMode.Circular, [(before, after)])
    {
    }
}
