namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The same values as another element type; this tensor if it has that type. Fractions are cut off; every number but 0 becomes true.</summary>
    /// <remarks>
    /// Floats are rounded to nearest, ties to even. A float beyond an integer type becomes its nearest limit, NaN 0; i64 to i32 keeps the low bits. f16 and
    /// bf16 go by way of f32.
    /// </remarks>
    public Tensor To(DType dtype)
    {
        if (dtype == DType) return this;
        // From f16 and bf16 by f32, which holds them all; to them at once, since rounding twice may end one further away.
        var isDirect = !DType.IsHalf || dtype == DType.Float32;
        return isDirect ? Ops.Cast.Apply(this, dtype) : To(DType.Float32).To(dtype);
    }

    /// <summary>The same values in row-major order without gaps: this tensor if it is so already, else a copy.</summary>
    public Tensor Contiguous() => Layout.IsDense ? this : Clone();

    /// <summary>A copy with memory of its own. The gradient flows through it.</summary>
    public Tensor Clone() => Ops.Copy.Apply(this, default);
}
