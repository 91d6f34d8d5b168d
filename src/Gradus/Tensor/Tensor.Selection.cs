namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The larger of x and y, broadcasting; NaN if one is. Where they are equal each gets half of the gradient.</summary>
    public Tensor Maximum(Tensor y) => Ops.Maximum.Apply(this, y, default);

    /// <summary>The smaller of x and y, broadcasting; NaN if one is. Where they are equal each gets half of the gradient.</summary>
    public Tensor Minimum(Tensor y) => Ops.Minimum.Apply(this, y, default);

    /// <summary>x brought into [min, max]. The gradient is 1 inside, bounds included, and 0 outside.</summary>
    /// <exception cref="GradusException">min is above max.</exception>
    public Tensor Clamp(double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        if (!(min <= max)) throw new GradusException(FormattableString.Invariant($"clamp: the lower bound {min} is above the upper bound {max}."));
        return Ops.Clamp.Apply(this, new ClampArgs(min, max));
    }

    /// <summary>x brought into [min, max], whole numbers exactly. A bound at the end of the range of long, as one that is left out, bounds nothing.</summary>
    /// <exception cref="GradusException">min is above max.</exception>
    public Tensor Clamp(long min = long.MinValue, long max = long.MaxValue)
    {
        if (min > max) throw new GradusException($"clamp: the lower bound {min} is above the upper bound {max}.");
        if (DType != DType.Int64) return Clamp(min == long.MinValue ? double.NegativeInfinity : min, max == long.MaxValue ? double.PositiveInfinity : max);
        return Maximum(Scalar(min)).Minimum(Scalar(max));
    }

    /// <summary>x brought into [min, max], element by element, broadcasting; a bound may be left out. If they cross, max wins.</summary>
    /// <remarks>The gradient goes to x inside, bounds included, and to the bound outside. A bound that is NaN bounds nothing.</remarks>
    public Tensor Clamp(Tensor? min, Tensor? max)
    {
        var result = min is null ? this : Where(this < min, min, this);
        return max is null ? result : Where(result > max, max, result);
    }

    /// <summary>Elements of x where the condition holds, of y elsewhere; all three broadcast.</summary>
    /// <exception cref="GradusException">The condition is not bool.</exception>
    public static Tensor Where(Tensor condition, Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (condition.DType != DType.Bool) throw Errors.WrongDType("where", "a bool condition", condition);
        return Ops.Where.Apply(condition, x, y, default);
    }

    /// <summary>Elements of x where the condition holds, a number elsewhere.</summary>
    /// <inheritdoc cref="Where(Tensor, Tensor, Tensor)"/>
    public static Tensor Where(Tensor condition, Tensor x, double y)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Where(condition, x, x.Weak(y));
    }

    /// <inheritdoc cref="Where(Tensor, Tensor, double)"/>
    public static Tensor Where(Tensor condition, Tensor x, long y)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Where(condition, x, x.Weak(y));
    }

    /// <summary>A number where the condition holds, elements of y elsewhere.</summary>
    /// <inheritdoc cref="Where(Tensor, Tensor, Tensor)"/>
    public static Tensor Where(Tensor condition, double x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        return Where(condition, y.Weak(x), y);
    }

    /// <inheritdoc cref="Where(Tensor, double, Tensor)"/>
    public static Tensor Where(Tensor condition, long x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        return Where(condition, y.Weak(x), y);
    }
}
