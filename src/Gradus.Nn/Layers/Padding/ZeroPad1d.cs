namespace Gradus.Nn;

/// <summary>Zeros around each line: [N, C, L] → [N, C, before + L + after].</summary>
public sealed class ZeroPad1d : Padding
{
    /// <summary>As much on both sides.</summary>
    /// <param name="width">Positions on each side; negative cuts off.</param>
    public ZeroPad1d(int width) : this(width, width)
    {
    }

    /// <summary>So much on each side.</summary>
    /// <param name="before">Positions before; negative cuts off.</param>
    /// <param name="after">Positions after; negative cuts off.</param>
    public ZeroPad1d(int before, int after) : base(PadMode.Constant, [(before, after)])
    {
    }
}
