namespace Gradus;

/// <summary>Which element type an operator computes in when its operands differ.</summary>
/// <remarks>
/// bool → i32 → i64 → f16, bf16 → f32 → f64: the later one wins; f16 with bf16 gives f32. A 0-d tensor counts like any other.
/// A C# number is weak: it takes the tensor's own type, except that a fraction, or a double out of range, lifts an integer tensor to f32 and an integer lifts a
/// bool tensor to i64.
/// </remarks>
public static class Promotion
{
    /// <summary>The common type of two operands.</summary>
    public static DType Common(DType x, DType y) => x != y && x.IsHalf && y.IsHalf ? DType.Float32 : x > y ? x : y;

    /// <summary>The type in which a function of real numbers (exp, division, mean) computes: the type itself if floating point, else f32.</summary>
    public static DType Real(DType x) => x.IsFloat ? x : DType.Float32;

    /// <summary>The type in which a whole C# number meets a tensor of type <paramref name="x"/>.</summary>
    public static DType WithInteger(DType x) => x == DType.Bool ? DType.Int64 : x;

    /// <summary>Whether a C# number keeps the type of a tensor that it meets: any does for floats, whole numbers in range for integers.</summary>
    internal static bool CanHold(DType x, double value) => x switch
    {
        DType.Bool => false,
        DType.Int32 => value == (int)value,
        DType.Int64 => value == Math.Truncate(value) && value is >= long.MinValue and < -(double)long.MinValue,
        _ => true,
    };
}
