namespace Gradus.Nn;

/// <summary>A value around each volume: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right].</summary>
public sealed class ConstantPad3d : Padding
{
    /// <summary>As much on all sides.</summary>
    /// <param name="width">Positions on each side; negative cuts off.</param>
    /// <param name="value">The value.</param>
    public ConstantPad3d(int width, double value) : this((width, width), (width, width), (width, width), value)
    {
    }

    /// <summary>So much on each side, in PyTorch's order.</summary>
    /// <param name="width">Columns before and after; negative cuts off.</param>
    /// <param name="height">Rows before and after.</param>
    /// <param name="depth">Slices before and after.</param>
    /// <param name="value">The value.</param>
    public ConstantPad3d((int Left, int Right) width, (int Top, int Bottom) height, (int Front, int Back) depth, double value)
        : base(PadMode.Constant, [depth, height, width], value)
    {
    }
}
