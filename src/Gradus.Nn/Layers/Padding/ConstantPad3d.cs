namespace Gradus.Nn;

/// <summary>A value around each volume: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right].</summary>
public sealed class ConstantPad3d : Padding
{
    /// <summary>As much on all sides.</summary>
    /// <param name="width">Positions on each side; negative cuts off.</param>
    /// <param name="value">The value.</param>
    public ConstantPad3d(int width, double value) : this(width, width, width, width, width, width, value)
    {
    }

    /// <summary>So much on each side, in PyTorch's order.</summary>
    /// <param name="left">Columns before; negative cuts off.</param>
    /// <param name="right">Columns after.</param>
    /// <param name="top">Rows before.</param>
    /// <param name="bottom">Rows after.</param>
    /// <param name="front">Slices before.</param>
    /// <param name="back">Slices after.</param>
    /// <param name="value">The value.</param>
    public ConstantPad3d(int left, int right, int top, int bottom, int front, int back, double value)
        : base(PadMode.Constant, [(front, back), (top, bottom), (left, right)], value)
    {
    }
}
