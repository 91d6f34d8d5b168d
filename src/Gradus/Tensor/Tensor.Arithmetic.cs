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

    /// <summary>x + y, broadcasting.</summary>
    public Tensor Add(Tensor y) => this + y;

    /// <inheritdoc cref="Add(Tensor)"/>
    public Tensor Add(double y) => this + y;

    /// <inheritdoc cref="Add(Tensor)"/>
    public Tensor Add(long y) => this + y;

    /// <summary>x − y, broadcasting.</summary>
    public Tensor Subtract(Tensor y) => this - y;

    /// <inheritdoc cref="Subtract(Tensor)"/>
    public Tensor Subtract(double y) => this - y;

    /// <inheritdoc cref="Subtract(Tensor)"/>
    public Tensor Subtract(long y) => this - y;

    /// <summary>x · y, element by element, broadcasting.</summary>
    public Tensor Multiply(Tensor y) => this * y;

    /// <inheritdoc cref="Multiply(Tensor)"/>
    public Tensor Multiply(double y) => this * y;

    /// <inheritdoc cref="Multiply(Tensor)"/>
    public Tensor Multiply(long y) => this * y;

    /// <summary>x / y, broadcasting; of whole numbers a fraction.</summary>
    public Tensor Divide(Tensor y) => this / y;

    /// <inheritdoc cref="Divide(Tensor)"/>
    public Tensor Divide(double y) => this / y;

    /// <inheritdoc cref="Divide(Tensor)"/>
    public Tensor Divide(long y) => this / y;

    /// <summary>−x.</summary>
    public Tensor Negate() => -this;

    /// <summary>x².</summary>
    public Tensor Square() => Ops.Square.Apply(this, default);

    /// <summary>|x|. The gradient at 0 is 0.</summary>
    public Tensor Abs() => Ops.Abs.Apply(this, default);

    /// <summary>−1, 0 or 1. The gradient is zero.</summary>
    public Tensor Sign() => Ops.Sign.Apply(this, default);
}
