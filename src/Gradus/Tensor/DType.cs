namespace Gradus;

/// <summary>The type of a tensor's elements.</summary>
/// <remarks>The order is the order of promotion: of two types, an operator computes in the later one, except that any float outranks any integer.</remarks>
public enum DType : byte
{
    /// <summary>True or false, a byte each.</summary>
    Bool,

    /// <summary>32-bit signed integer.</summary>
    Int32,

    /// <summary>64-bit signed integer.</summary>
    Int64,

    /// <summary>32-bit IEEE 754 floating point: the default.</summary>
    Float32,

    /// <summary>64-bit IEEE 754 floating point.</summary>
    Float64,
}

/// <summary>What there is to know of a <see cref="DType"/>.</summary>
public static class DTypeExtensions
{
    extension(DType type)
    {
        /// <summary>Bytes an element takes.</summary>
        public int Size => type == DType.Bool ? 1 : type is DType.Int32 or DType.Float32 ? 4 : 8;

        /// <summary>Whether the elements are floating point: only such tensors have gradients.</summary>
        public bool IsFloat => type is DType.Float32 or DType.Float64;

        /// <summary>The short name used in messages and prints: f32, f64, i32, i64, bool.</summary>
        public string ShortName => type switch
        {
            DType.Bool => "bool",
            DType.Int32 => "i32",
            DType.Int64 => "i64",
            DType.Float32 => "f32",
            _ => "f64",
        };
    }

    /// <summary>The element type that stands for the C# type <typeparamref name="T"/>.</summary>
    /// <exception cref="GradusException">There is none.</exception>
    public static DType Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return DType.Float32;
        if (typeof(T) == typeof(double)) return DType.Float64;
        if (typeof(T) == typeof(long)) return DType.Int64;
        if (typeof(T) == typeof(int)) return DType.Int32;
        if (typeof(T) == typeof(bool)) return DType.Bool;
        throw Errors.NoDType(typeof(T).Name);
    }
}
