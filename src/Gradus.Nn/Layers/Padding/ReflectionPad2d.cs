namespace Gradus.Nn;

/// <summary>A mirror at the outermost element around each image: [N, C, H, W] → [N, C, top + H + bottom, left + W + right].</summary>
public sealed class ReflectionPad2d : Padding
{
    /// <inheritdoc cref="ZeroPad2d(int)"/>
    public ReflectionPad2d(int width) : this(width, width, width, width)
    {
    }

    /// <inheritdoc cref="ZeroPad2d(int, int, int, int)"/>
    public ReflectionPad2d(int left, int right, int top, int bottom) : base(PadMode.Reflect, [(top, bottom), (left, right)])
    {
    }
}
