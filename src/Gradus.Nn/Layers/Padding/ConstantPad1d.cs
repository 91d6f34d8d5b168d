namespace Gradus.Nn;

/// <summary>A value around each line: [N, C, L] → [N, C, before + L + after].</summary>
public sealed class ConstantPad1d : Padding
{
    /// <summary>As much on both sides.</summary>
    /// <param name="width">Positions on each side; negative cuts off.</param>
    /// <param name="value">The value.</param>
    public ConstantPad1d(int width, double value) : this(width, width, value)
    {
    }

    /// <summary>So much on each side.</summary>
    /// <param name="before">Positions before; negative cuts off.</param>
    /// <param name="after">Positions after; negative cuts off.</param>
    /// <param name="value">The value.</param>
    public ConstantPad1d(int before, int after, double value) : base(PadMode.Constant, [(before, after)], value)
    {
    }
}
