namespace Gradus.Nn;

/// <summary>The other end around each image: [N, C, H, W] → [N, C, top + H + bottom, left + W + right].</summary>
public sealed class CircularPad2d : Padding
{
    /// <inheritdoc cref="ZeroPad2d(int)"/>
    public CircularPad2d(int width) : this(width, width, width, width)
    {
    }

    /// <inheritdoc cref="ZeroPad2d(int, int, int, int)"/>
    public CircularPad2d(int left, int right, int top, int bottom) : base(PadMode.Circular, [(top, bottom), (left, right)])
    {
    }
}
