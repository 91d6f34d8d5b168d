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
