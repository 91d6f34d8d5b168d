namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>This tensor with a value, converted to its type, wherever the mask is true. No gradient comes from there.</summary>
    /// <param name="mask">A bool tensor that broadcasts to this one's shape.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="GradusException">The mask is not bool, or does not broadcast to this tensor's shape.</exception>
    public Tensor MaskedFill(Tensor mask, double value) => Where(Masking("maskedFill", mask), Full(default, value, DType), this);

    /// <inheritdoc cref="MaskedFill(Tensor, double)"/>
    public Tensor MaskedFill(Tensor mask, long value) => Where(Masking("maskedFill", mask), Full(default, value, DType), this);

    /// <summary>The elements where the mask is true in row-major order, as one axis.</summary>
    /// <param name="mask">A bool tensor that broadcasts to this one's shape.</param>
    /// <exception cref="GradusException">The mask is not bool, or does not broadcast to this tensor's shape.</exception>
    public Tensor MaskedSelect(Tensor mask) => Ops.IndexSelect.Apply(Flatten(), Masking("maskedSelect", mask).Expand(Shape).Places(), 0);

    /// <summary>The positions of the elements that are not 0, in row-major order: i64 of shape [n, rank].</summary>
    public Tensor NonZero() => Ops.Unravel.Apply(Places(), Shape);

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

    /// <summary>Where the elements are not 0, counted in row-major order: i64 of shape [n].</summary>
    internal Tensor Places()
    {
        var mask = DType == DType.Bool ? Detach() : Detach().NotEqual(0);
        return Ops.NonZero.Apply(mask, mask.Sum().Item<int>());
    }

    private Tensor Masking(string operation, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.DType != DType.Bool) throw Errors.WrongDType(operation, "a bool mask", mask);
        if (Shape.Broadcast(operation, Shape, mask.Shape) != Shape)
        {
            throw new GradusException($"{operation}: the mask is {mask.Describe()}, which does not broadcast to {Describe()}.");
        }

        return mask;
    }
}
