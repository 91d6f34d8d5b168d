namespace Gradus.Nn;

/// <summary>The outermost element around each volume: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right].</summary>
public sealed class ReplicationPad3d : Padding
{
    /// <inheritdoc cref="ZeroPad3d(int)"/>
    public ReplicationPad3d(int width) : this((width, width), (width, width), (width, width))
    {
    }

    /// <inheritdoc cref="ZeroPad3d(ValueTuple{int, int}, ValueTuple{int, int}, ValueTuple{int, int})"/>
    public ReplicationPad3d((int Left, int Right) width, (int Top, int Bottom) height, (int Front, int Back) depth)
        : base(PadMode.Replicate, [depth, height, width])
    {
    }
}
