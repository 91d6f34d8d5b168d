using System.Runtime.CompilerServices;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>x + y, element by element, broadcasting.</summary>
    public static Tensor operator +(Tensor x, Tensor y) => Ops.Add.Apply(x, y, default);

    /// <summary>x + y for a number y, which takes the tensor's type.</summary>
    public static Tensor operator +(Tensor x, double y) => x + Given(x).Weak(y);

    /// <inheritdoc cref="op_Addition(Tensor, double)"/>
    public static Tensor operator +(Tensor x, long y) => x + Given(x).Weak(y);

    /// <summary>x + y for a number x, which takes the tensor's type.</summary>
    public static Tensor operator +(double x, Tensor y) => Given(y).Weak(x) + y;

    /// <inheritdoc cref="op_Addition(double, Tensor)"/>
    public static Tensor operator +(long x, Tensor y) => Given(y).Weak(x) + y;

    /// <summary>x − y, element by element, broadcasting.</summary>
    public static Tensor operator -(Tensor x, Tensor y) => Ops.Subtract.Apply(x, y, default);

    /// <summary>x − y for a number y, which takes the tensor's type.</summary>
    public static Tensor operator -(Tensor x, double y) => x - Given(x).Weak(y);

    /// <inheritdoc cref="op_Subtraction(Tensor, double)"/>
    public static Tensor operator -(Tensor x, long y) => x - Given(x).Weak(y);

    /// <summary>x − y for a number x, which takes the tensor's type.</summary>
    public static Tensor operator -(double x, Tensor y) => Given(y).Weak(x) - y;

    /// <inheritdoc cref="op_Subtraction(double, Tensor)"/>
    public static Tensor operator -(long x, Tensor y) => Given(y).Weak(x) - y;

    /// <summary>x · y, element by element, broadcasting.</summary>
    public static Tensor operator *(Tensor x, Tensor y) => Ops.Multiply.Apply(x, y, default);

    /// <summary>x · y for a number y, which takes the tensor's type.</summary>
    public static Tensor operator *(Tensor x, double y) => x * Given(x).Weak(y);

    /// <inheritdoc cref="op_Multiply(Tensor, double)"/>
    public static Tensor operator *(Tensor x, long y) => x * Given(x).Weak(y);

    /// <summary>x · y for a number x, which takes the tensor's type.</summary>
    public static Tensor operator *(double x, Tensor y) => Given(y).Weak(x) * y;

    /// <inheritdoc cref="op_Multiply(double, Tensor)"/>
    public static Tensor operator *(long x, Tensor y) => Given(y).Weak(x) * y;

    /// <summary>x / y, element by element, broadcasting. Integers are divided as f32.</summary>
    public static Tensor operator /(Tensor x, Tensor y) => Ops.Divide.Apply(x, y, default);

    /// <summary>x / y for a number y, which takes the tensor's type.</summary>
    public static Tensor operator /(Tensor x, double y) => x / Given(x).Weak(y);

    /// <inheritdoc cref="op_Division(Tensor, double)"/>
    public static Tensor operator /(Tensor x, long y) => x / Given(x).Weak(y);

    /// <summary>x / y for a number x, which takes the tensor's type.</summary>
    public static Tensor operator /(double x, Tensor y) => Given(y).Weak(x) / y;

    /// <inheritdoc cref="op_Division(double, Tensor)"/>
    public static Tensor operator /(long x, Tensor y) => Given(y).Weak(x) / y;

    /// <summary>−x.</summary>
    public static Tensor operator -(Tensor x) => Ops.Negate.Apply(x, default);

    /// <summary>Where x is below y.</summary>
    public static Tensor operator <(Tensor x, Tensor y) => Ops.Less.Apply(x, y, default);

    /// <summary>Where x is above y.</summary>
    public static Tensor operator >(Tensor x, Tensor y) => Ops.Greater.Apply(x, y, default);

    /// <summary>Where x is at most y.</summary>
    public static Tensor operator <=(Tensor x, Tensor y) => Ops.LessOrEqual.Apply(x, y, default);

    /// <summary>Where x is at least y.</summary>
    public static Tensor operator >=(Tensor x, Tensor y) => Ops.GreaterOrEqual.Apply(x, y, default);

    /// <summary>Where x is below the number y. Whole numbers are compared exactly.</summary>
    public static Tensor operator <(Tensor x, double y) => Ops.Less.With(Given(x), y);

    /// <inheritdoc cref="op_LessThan(Tensor, double)"/>
    public static Tensor operator <(Tensor x, long y) => Ops.Less.With(Given(x), y);

    /// <summary>Where x is above the number y. Whole numbers are compared exactly.</summary>
    public static Tensor operator >(Tensor x, double y) => Ops.Greater.With(Given(x), y);

    /// <inheritdoc cref="op_GreaterThan(Tensor, double)"/>
    public static Tensor operator >(Tensor x, long y) => Ops.Greater.With(Given(x), y);

    /// <summary>Where x is at most the number y. Whole numbers are compared exactly.</summary>
    public static Tensor operator <=(Tensor x, double y) => Ops.LessOrEqual.With(Given(x), y);

    /// <inheritdoc cref="op_LessThanOrEqual(Tensor, double)"/>
    public static Tensor operator <=(Tensor x, long y) => Ops.LessOrEqual.With(Given(x), y);

    /// <summary>Where x is at least the number y. Whole numbers are compared exactly.</summary>
    public static Tensor operator >=(Tensor x, double y) => Ops.GreaterOrEqual.With(Given(x), y);

    /// <inheritdoc cref="op_GreaterThanOrEqual(Tensor, double)"/>
    public static Tensor operator >=(Tensor x, long y) => Ops.GreaterOrEqual.With(Given(x), y);

    /// <summary>Where x equals y; the result is bool, broadcasting.</summary>
    public Tensor Equal(Tensor y) => Ops.Equal.Apply(this, y, default);

    /// <summary>Where x equals the number y. Whole numbers are compared exactly.</summary>
    public Tensor Equal(double y) => Ops.Equal.With(this, y);

    /// <inheritdoc cref="Equal(double)"/>
    public Tensor Equal(long y) => Ops.Equal.With(this, y);

    /// <summary>Where x differs from y; the result is bool, broadcasting.</summary>
    public Tensor NotEqual(Tensor y) => Ops.NotEqual.Apply(this, y, default);

    /// <summary>Where x differs from the number y. Whole numbers are compared exactly.</summary>
    public Tensor NotEqual(double y) => Ops.NotEqual.With(this, y);

    /// <inheritdoc cref="NotEqual(double)"/>
    public Tensor NotEqual(long y) => Ops.NotEqual.With(this, y);

    /// <summary>An operand that must be there.</summary>
    private static Tensor Given(Tensor? operand, [CallerArgumentExpression(nameof(operand))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(operand, name);
        return operand;
    }

    /// <summary>A number as a 0-d tensor of the type in which it meets this one.</summary>
    internal Tensor Weak(double value) => Full(default, value, Promotion.CanHold(DType, value) ? DType : Promotion.Real(DType));

    /// <inheritdoc cref="Weak(double)"/>
    internal Tensor Weak(long value) => Promotion.WithInteger(DType) switch
    {
        DType.Int64 => Scalar(value),
        DType.Int32 when value is < int.MinValue or > int.MaxValue =>
            throw new GradusException($"number: {value} does not fit into {Describe()}. Convert it with To(DType.Int64)."),
        var type => Full(default, value, type),
    };
}
