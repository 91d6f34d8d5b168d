namespace Gradus.Nn;

/// <summary>Zeros around each image: [N, C, H, W] → [N, C, top + H + bottom, left + W + right].</summary>
public sealed class ZeroPad2d : Padding
{
    /// <summary>As much on all sides.</summary>
    /// <param name="width">Positions on each side; negative cuts off.</param>
    public ZeroPad2d(int width) : this(width, width, width, width)
    {
    }

    /// <summary>So much on each side, in PyTorch's order.</summary>
    /// <param name="left">Columns before; negative cuts off.</param>
    /// <param name="right">Columns after.</param>
    /// <param name="top">Rows before.</param>
    /// <param name="bottom">Rows after.</param>
    public ZeroPad2d(int left, int right, int top, int bottom) : base(PadMode.Constant, [(top, bottom), (left, right)])
    {
    }
}
