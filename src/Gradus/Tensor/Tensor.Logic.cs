namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>Whether x and y are both true, broadcasting; numbers count as true unless they are 0. The result is bool.</summary>
    public Tensor LogicalAnd(Tensor y) => Ops.LogicalAnd.Apply(To(DType.Bool), Truth(y), default);

    /// <summary>Whether x or y is true, broadcasting; numbers count as true unless they are 0. The result is bool.</summary>
    public Tensor LogicalOr(Tensor y) => Ops.LogicalOr.Apply(To(DType.Bool), Truth(y), default);

    /// <summary>Whether exactly one of x and y is true, broadcasting; numbers count as true unless they are 0. The result is bool.</summary>
    public Tensor LogicalXor(Tensor y) => Ops.LogicalXor.Apply(To(DType.Bool), Truth(y), default);

    /// <summary>Whether x is not true: for numbers, whether it is 0. The result is bool.</summary>
    public Tensor LogicalNot() => Ops.LogicalNot.Apply(To(DType.Bool), default);

    /// <summary><see cref="LogicalAnd"/> of two tensors of bools, broadcasting.</summary>
    /// <exception cref="GradusException">One of them is not bool.</exception>
    public static Tensor operator &(Tensor x, Tensor y) => Ops.LogicalAnd.Apply(Bools("&", x), Bools("&", y), default);

    /// <summary><see cref="LogicalOr"/> of two tensors of bools, broadcasting.</summary>
    /// <exception cref="GradusException">One of them is not bool.</exception>
    public static Tensor operator |(Tensor x, Tensor y) => Ops.LogicalOr.Apply(Bools("|", x), Bools("|", y), default);

    /// <summary><see cref="LogicalXor"/> of two tensors of bools, broadcasting.</summary>
    /// <exception cref="GradusException">One of them is not bool.</exception>
    public static Tensor operator ^(Tensor x, Tensor y) => Ops.LogicalXor.Apply(Bools("^", x), Bools("^", y), default);

    /// <summary><see cref="LogicalNot"/> of a tensor of bools.</summary>
    /// <exception cref="GradusException">It is not bool.</exception>
    public static Tensor operator !(Tensor x) => Ops.LogicalNot.Apply(Bools("!", x), default);

    /// <summary>Where x is NaN. Integers never are.</summary>
    public Tensor IsNan() => NotEqual(this);

    /// <summary>Where x is +∞ or −∞. Integers never are.</summary>
    public Tensor IsInf() => DType.IsFloat ? Abs().Equal(double.PositiveInfinity) : NotEqual(this);

    /// <summary>Where x is neither infinite nor NaN. Integers always are.</summary>
    public Tensor IsFinite() => DType.IsFloat ? Abs() < double.PositiveInfinity : Equal(this);

    /// <summary>Where x and y are within absolute + relative·|y| of each other, broadcasting. Equal infinities are close; NaN is close to nothing.</summary>
    public Tensor IsClose(Tensor y, double relative = 1e-5, double absolute = 1e-8)
    {
        ArgumentNullException.ThrowIfNull(y);
        var (x, equal) = (this, Equal(y));
        // Whole numbers above 2⁵³ that differ may be one number as f64: their distance is taken before it is rounded.
        if (!x.DType.IsFloat && !y.DType.IsFloat)
        {
            return equal | (Distance(x.To(DType.Int64), y.To(DType.Int64)) <= (y.To(DType.Float64).Abs() * relative) + absolute);
        }

        if (!x.DType.IsFloat) x = x.To(DType.Float64);
        if (!y.DType.IsFloat) y = y.To(DType.Float64);
        return x.Equal(y) | (((x - y).Abs() <= (y.Abs() * relative) + absolute) & y.IsFinite());
    }

    /// <summary>|x − y| of whole numbers as f64; one of 2⁶³ or more has wrapped below 0.</summary>
    private static Tensor Distance(Tensor x, Tensor y)
    {
        var wrapped = x.Maximum(y) - x.Minimum(y);
        var distance = wrapped.To(DType.Float64);
        return Where(wrapped < 0, distance + Math.Pow(2, 64), distance);
    }

    /// <summary>Whether all elements of x and y are close, as <see cref="IsClose"/> has it.</summary>
    public bool AllClose(Tensor y, double relative = 1e-5, double absolute = 1e-8) => IsClose(y, relative, absolute).All().Item<bool>();

    private static Tensor Truth(Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        return y.To(DType.Bool);
    }

    private static Tensor Bools(string operation, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType == DType.Bool
            ? x
            : throw new GradusException($"{operation}: expected bools, got {x.Describe()}. Compare it with a number first, " +
                "or call LogicalAnd, LogicalOr, LogicalXor or LogicalNot, for which every number but 0 is true.");
    }
}
