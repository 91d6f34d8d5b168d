namespace Gradus.Nn;

/// <summary>The other end around each line: [N, C, L] → [N, C, before + L + after].</summary>
public sealed class CircularPad1d : Layer<Tensor, Tensor>
{
    private readonly int _before;
    private readonly int _after;

    /// <summary>As much on both sides.</summary>
    /// <param name="width">Positions on each side; negative cuts off.</param>
    public CircularPad1d(int width) : this(width, width)
    {
    }

    /// <summary>So much on each side.</summary>
    /// <param name="before">Positions before; negative cuts off.</param>
    /// <param name="after">Positions after; negative cuts off.</param>
    public CircularPad1d(int before, int after) => (_before, _after) = (before, after);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Expect.Lines(input).Pad([(_before, _after)], PadMode.Circular);

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"{_before}, {_after}");
}
