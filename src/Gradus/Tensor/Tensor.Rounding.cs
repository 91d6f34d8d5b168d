namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The greatest whole number that is at most x. The gradient is zero.</summary>
    /// <exception cref="GradusException">The elements are bools.</exception>
    public Tensor Floor() => Ops.Floor.Apply(this, default);

    /// <summary>The smallest whole number that is at least x. The gradient is zero.</summary>
    /// <exception cref="GradusException">The elements are bools.</exception>
    public Tensor Ceil() => Ops.Ceil.Apply(this, default);

    /// <summary>The nearest whole number, ties to the even one. The gradient is zero.</summary>
    /// <exception cref="GradusException">The elements are bools.</exception>
    public Tensor Round() => Ops.Round.Apply(this, default);

    /// <summary>x without its fraction. The gradient is zero.</summary>
    /// <exception cref="GradusException">The elements are bools.</exception>
    public Tensor Trunc() => Ops.Trunc.Apply(this, default);

    /// <summary>x less its whole part: x − trunc(x), with the sign of x.</summary>
    /// <exception cref="GradusException">The elements are bools.</exception>
    public Tensor Frac() => this - Trunc();

    /// <summary>
    /// x − y·⌊x/y⌋, broadcasting: the remainder with the sign of the divisor, as Python's and PyTorch's <c>%</c>. Exact for any quotient; NaN for y = 0.
    /// </summary>
    /// <remarks>There is no operator <c>%</c>: C# and Python disagree about its sign. ∂/∂x = 1, ∂/∂y = −⌊x/y⌋.</remarks>
    /// <exception cref="GradusException">An integer is divided by 0, or the elements are bools.</exception>
    public Tensor Remainder(Tensor y) => Ops.Remainder.Apply(this, Divisor("remainder", y), default);

    /// <summary>The remainder by a number y, with the sign of y.</summary>
    /// <inheritdoc cref="Remainder(Tensor)" path="/exception"/>
    public Tensor Remainder(double y) => Remainder(Weak(y));

    /// <inheritdoc cref="Remainder(double)"/>
    public Tensor Remainder(long y) => Remainder(Weak(y));

    /// <summary>
    /// x − y·trunc(x/y), broadcasting: the remainder with the sign of the dividend, as C#'s <c>%</c> and PyTorch's <c>fmod</c>. Exact for any quotient; NaN for
    /// y = 0.
    /// </summary>
    /// <remarks>∂/∂x = 1, ∂/∂y = −trunc(x/y).</remarks>
    /// <exception cref="GradusException">An integer is divided by 0, or the elements are bools.</exception>
    public Tensor Fmod(Tensor y) => Ops.Fmod.Apply(this, Divisor("fmod", y), default);

    /// <summary>The remainder by a number y, with the sign of x.</summary>
    /// <inheritdoc cref="Fmod(Tensor)" path="/exception"/>
    public Tensor Fmod(double y) => Fmod(Weak(y));

    /// <inheritdoc cref="Fmod(double)"/>
    public Tensor Fmod(long y) => Fmod(Weak(y));

    /// <summary>x + weight·(y − x), broadcasting, counted from the nearer end: x at weight 0, y at weight 1, exactly.</summary>
    public Tensor Lerp(Tensor y, Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(weight);
        if (!DType.IsFloat && !y.DType.IsFloat && !weight.DType.IsFloat) return this + (weight * (y - this));
        var isFirst = weight < 0.5;
        return Where(isFirst, this, y) + (Where(isFirst, weight, weight - 1) * 2 * HalfTo(y));
    }

    /// <summary>x + weight·(y − x), counted from the nearer end, so that weight 1 gives y exactly.</summary>
    public Tensor Lerp(Tensor y, double weight)
    {
        ArgumentNullException.ThrowIfNull(y);
        return weight < 0.5 ? this + (HalfTo(y) * (2 * weight)) : y - (HalfTo(y) * (2 * (1 - weight)));
    }

    /// <summary>(y − x) / 2 without the overflow that y − x may have: the same digits.</summary>
    private Tensor HalfTo(Tensor y) => (y * 0.5) - (this * 0.5);

    /// <summary>
    /// NaN replaced by a number, infinities too: by default by the largest finite numbers of the element type. Integers are left as they are.
    /// </summary>
    /// <remarks>Replaced elements have gradient zero.</remarks>
    public Tensor NanToNum(double nan = 0, double? positiveInfinity = null, double? negativeInfinity = null)
    {
        if (!DType.IsFloat) return this;
        var largest = DType.Largest;
        var result = Where(IsNan(), Full(default, nan, DType), this);
        result = Where(this.Equal(double.PositiveInfinity), Full(default, positiveInfinity ?? largest, DType), result);
        return Where(this.Equal(double.NegativeInfinity), Full(default, negativeInfinity ?? -largest, DType), result);
    }

    private Tensor Divisor(string operation, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (!DType.IsFloat && !y.DType.IsFloat && y.Equal(0).Any().Item<bool>())
        {
            throw new GradusException(
                $"{operation}: {Describe()} by {y.Describe()}, which holds a 0; integers have no NaN. Convert one with To(DType.Float32).");
        }

        return y;
    }
}
