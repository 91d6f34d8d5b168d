namespace Gradus.Nn;

/// <summary>The other end around each volume: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right].</summary>
public sealed class CircularPad3d : Padding
{
    /// <inheritdoc cref="ZeroPad3d(int)"/>
    public CircularPad3d(int width) : this((width, width), (width, width), (width, width))
    {
    }

    /// <inheritdoc cref="ZeroPad3d(ValueTuple{int, int}, ValueTuple{int, int}, ValueTuple{int, int})"/>
    public CircularPad3d((int Left, int Right) width, (int Top, int Bottom) height, (int Front, int Back) depth)
        : base(PadMode.Circular, [depth, height, width])
    {
    }
}
