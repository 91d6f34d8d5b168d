namespace Gradus.Nn;

/// <summary>A mirror at the outermost element around each volume: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right].</summary>
public sealed class ReflectionPad3d : Padding
{
    /// <inheritdoc cref="ZeroPad3d(int)"/>
    public ReflectionPad3d(int width) : this((width, width), (width, width), (width, width))
    {
    }

    /// <inheritdoc cref="ZeroPad3d(ValueTuple{int, int}, ValueTuple{int, int}, ValueTuple{int, int})"/>
    public ReflectionPad3d((int Left, int Right) width, (int Top, int Bottom) height, (int Front, int Back) depth)
        : base(PadMode.Reflect, [depth, height, width])
    {
    }
}
