namespace Gradus.Nn;

/// <summary>The outermost element around each image: [N, C, H, W] → [N, C, top + H + bottom, left + W + right].</summary>
public sealed class ReplicationPad2d : Padding
{
    /// <inheritdoc cref="ZeroPad2d(int)"/>
    public ReplicationPad2d(int width) : this(width, width, width, width)
    {
    }

    /// <inheritdoc cref="ZeroPad2d(int, int, int, int)"/>
    public ReplicationPad2d(int left, int right, int top, int bottom) : base(PadMode.Replicate, [(top, bottom), (left, right)])
    {
    }
}
