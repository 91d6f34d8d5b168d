namespace Gradus.Nn;

/// <summary>Zeros around each volume: [N, C, D, H, W] → [N, C, front + D + back, top + H + bottom, left + W + right].</summary>
public sealed class ZeroPad3d : Padding
{
    /// <summary>As much on all sides.</summary>
    /// <param name="width">Positions on each side; negative cuts off.</param>
    public ZeroPad3d(int width) : this((width, width), (width, width), (width, width))
    {
    }

    /// <summary>So much on each side, in PyTorch's order.</summary>
    /// <param name="width">Columns before and after; negative cuts off.</param>
    /// <param name="height">Rows before and after.</param>
    /// <param name="depth">Slices before and after.</param>
    public ZeroPad3d((int Left, int Right) width, (int Top, int Bottom) height, (int Front, int Back) depth)
        : base(PadMode.Constant, [depth, height, width])
    {
    }
}
