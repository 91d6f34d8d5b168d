using System.Runtime.CompilerServices;

namespace Gradus;

/// <summary>The type of a tensor's elements.</summary>
/// <remarks>The order is the order of promotion: of two types, an operator computes in the later one; f16 and bf16 meet in f32.</remarks>
public enum DType : byte
{
    /// <summary>True or false, a byte each.</summary>
    Bool,

    /// <summary>32-bit signed integer.</summary>
    Int32,

    /// <summary>64-bit signed integer.</summary>
    Int64,

    /// <summary>16-bit IEEE 754 floating point, C#'s Half: 11 significant bits up to 65,504. A type to keep numbers in; arithmetic happens in f32.</summary>
    Float16,

    /// <summary>The upper half of a 32-bit float: 8 significant bits, the range of f32. A type to keep numbers in; arithmetic happens in f32.</summary>
    BFloat16,

    /// <summary>32-bit IEEE 754 floating point: the default.</summary>
    Float32,

    /// <summary>64-bit IEEE 754 floating point.</summary>
    Float64,
}

/// <summary>What there is to know of a <see cref="DType"/>.</summary>
public static class DTypeExtensions
{
    // In the order of the types.
    private static ReadOnlySpan<byte> Sizes => [1, 4, 8, 2, 2, 4, 8];

    extension(DType type)
    {
        /// <summary>Bytes an element takes.</summary>
        public int Size => (uint)type < (uint)Sizes.Length ? Sizes[(int)type] : sizeof(double);

        /// <summary>Whether the elements are floating point: only such tensors have gradients.</summary>
        public bool IsFloat => type >= DType.Float16;

        /// <summary>Whether the type only keeps numbers: they are widened to f32 for arithmetic, and the result is rounded back.</summary>
        public bool IsHalf => type is DType.Float16 or DType.BFloat16;

        /// <summary>Whether kernels take the elements as <typeparamref name="T"/>s: a bool as a byte, a bf16 as its 16 bits.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal bool IsHeldAs<T>() where T : unmanaged
        {
            if (typeof(T) == typeof(float)) return type == DType.Float32;
            if (typeof(T) == typeof(double)) return type == DType.Float64;
            if (typeof(T) == typeof(long)) return type == DType.Int64;
            if (typeof(T) == typeof(int)) return type == DType.Int32;
            if (typeof(T) == typeof(byte) || typeof(T) == typeof(bool)) return type == DType.Bool;
            if (typeof(T) == typeof(Half)) return type == DType.Float16;
            return (typeof(T) == typeof(ushort) || typeof(T) == typeof(BFloat16)) && type == DType.BFloat16;
        }

        /// <summary>The largest finite number of a floating-point type.</summary>
        internal double Largest => type switch
        {
            DType.Float16 => 65504,
            DType.BFloat16 => (float)BFloat16.MaxValue,
            DType.Float32 => float.MaxValue,
            _ => double.MaxValue,
        };

        /// <summary>The whole numbers that the type holds all of: the least and the greatest.</summary>
        internal (long Least, long Greatest) Whole => type switch
        {
            DType.Bool => (0, 1),
            DType.Int32 => (int.MinValue, int.MaxValue),
            DType.Int64 => (long.MinValue, long.MaxValue),
            DType.Float16 => (-(1L << 11), 1L << 11),
            DType.BFloat16 => (-(1L << 8), 1L << 8),
            DType.Float32 => (-(1L << 24), 1L << 24),
            _ => (-(1L << 53), 1L << 53),
        };

        /// <summary>The short name used in messages and prints: f32, f64, f16, bf16, i32, i64, bool.</summary>
        public string ShortName => type switch
        {
            DType.Bool => "bool",
            DType.Int32 => "i32",
            DType.Int64 => "i64",
            DType.Float16 => "f16",
            DType.BFloat16 => "bf16",
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
        if (typeof(T) == typeof(Half)) return DType.Float16;
        if (typeof(T) == typeof(BFloat16)) return DType.BFloat16;
        throw Errors.NoDType(typeof(T).Name);
    }
}
