namespace Gradus.Nn;

/// <summary>A value around each image: [N, C, H, W] → [N, C, top + H + bottom, left + W + right].</summary>
public sealed class ConstantPad2d : Padding
{
    /// <summary>As much on all sides.</summary>
    /// <param name="width">Positions on each side; negative cuts off.</param>
    /// <param name="value">The value.</param>
    public ConstantPad2d(int width, double value) : this(width, width, width, width, value)
    {
    }

    /// <summary>So much on each side, in PyTorch's order.</summary>
    /// <param name="left">Columns before; negative cuts off.</param>
    /// <param name="right">Columns after.</param>
    /// <param name="top">Rows before.</param>
    /// <param name="bottom">Rows after.</param>
    /// <param name="value">The value.</param>
    public ConstantPad2d(int left, int right, int top, int bottom, double value) : base(PadMode.Constant, [(top, bottom), (left, right)], value)
    {
    }
}
