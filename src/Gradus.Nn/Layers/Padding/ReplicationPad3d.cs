namespace Gradus.Nn;

/// <summary>The outermost element around each volume: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right].</summary>
public sealed class ReplicationPad3d : Padding
{
    /// <inheritdoc cref="ZeroPad3d(int)"/>
    public ReplicationPad3d(int width) : this(width, width, width, width, width, width)
    {
    }

    /// <inheritdoc cref="ZeroPad3d(int, int, int, int, int, int)"/>
    public ReplicationPad3d(int left, int right, int top, int bottom, int front, int back)
        : base(PadMode.Replicate, [(front, back), (top, bottom), (left, right)])
    {
    }
}
