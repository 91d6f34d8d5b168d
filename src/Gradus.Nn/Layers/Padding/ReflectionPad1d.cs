namespace Gradus.Nn;

/// <summary>A mirror at the outermost element around each line: [N, C, L] → [N, C, before + L + after].</summary>
public sealed class ReflectionPad1d : Padding
{
    /// <inheritdoc cref="ZeroPad1d(int)"/>
    public ReflectionPad1d(int width) : this(width, width)
    {
    }

    /// <inheritdoc cref="ZeroPad1d(int, int)"/>
    public ReflectionPad1d(int before, int after) : base(PadMode.Reflect, [(before, after)])
    {
    }
}
