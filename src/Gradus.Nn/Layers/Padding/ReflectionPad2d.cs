namespace Gradus.Nn;

/// <summary>A mirror at the outermost element around each image: [N, C, H, W] → [N, C, top + H + bottom, left + W + right].</summary>
public sealed class ReflectionPad2d : Layer<Tensor, Tensor>
{
    private readonly int _left;
    private readonly int _right;
    private readonly int _top;
    private readonly int _bottom;

    /// <summary>As much on all sides.</summary>
    /// <param name="width">Positions on each side; negative cuts off.</param>
    public ReflectionPad2d(int width) : this(width, width, width, width)
    {
    }

    /// <summary>So much on each side, in PyTorch's order.</summary>
    /// <param name="left">Columns before; negative cuts off.</param>
    /// <param name="right">Columns after.</param>
    /// <param name="top">Rows before.</param>
    /// <param name="bottom">Rows after.</param>
    public ReflectionPad2d(int left, int right, int top, int bottom) => (_left, _right, _top, _bottom) = (left, right, top, bottom);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Expect.Images(input).Pad([(_top, _bottom), (_left, _right)], PadMode.Reflect);

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"{_left}, {_right}, {_top}, {_bottom}");
}
