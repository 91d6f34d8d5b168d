namespace Gradus.Nn;

/// <summary>A value around each line: [N, C, L] → [N, C, before + L + after].</summary>
public sealed class ConstantPad1d : Layer<Tensor, Tensor>
{
    private readonly int _before;
    private readonly int _after;
    private readonly double _value;

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
    public ConstantPad1d(int before, int after, double value) => (_before, _after, _value) = (before, after, value);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Expect.Lines(input).Pad([(_before, _after)], PadMode.Constant, _value);

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"{_before}, {_after}, value {_value}");
}
