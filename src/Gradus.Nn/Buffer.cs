namespace Gradus.Nn;

/// <summary>A tensor that belongs to a module and is saved with it, but is not trained: a running mean.</summary>
/// <param name="value">Its first values.</param>
public sealed class Buffer(Tensor value)
{
    /// <summary>The values.</summary>
    public Tensor Value { get; private set; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The buffer's values, wherever a tensor is wanted.</summary>
    public static implicit operator Tensor(Buffer buffer) => buffer.Value;

    /// <summary>Changes the element type, if it is floating point.</summary>
    internal void Convert(DType dtype)
    {
        if (!Value.DType.IsFloat || Value.DType == dtype) return;
        using var scope = TensorScope.Suspend();
        Value = Value.To(dtype);
    }
}
