using System.Numerics;
using System.Runtime.InteropServices;
using Kernel = Gradus.Kernels.Reduce;

namespace Gradus;

/// <summary>From an operand's element type to the kernel for it, for operators that make one element of many.</summary>
internal static unsafe class ReductionKernels
{
    public static void Sum(Operand x, Axes axes, Operand z)
    {
        var reduced = Flags(stackalloc bool[Shape.MaxRank], x.Shape.Rank, axes);
        var shape = x.Shape.AsSpan();
        switch (x.DType)
        {
            case DType.Float32: Kernel.Sum(shape, x.As<float>(), x.Layout.Strides, reduced, z.As<float>()); break;
            case DType.Float64: Kernel.Sum(shape, x.As<double>(), x.Layout.Strides, reduced, z.As<double>()); break;
            case DType.Int64: Kernel.Sum(shape, x.As<long>(), x.Layout.Strides, reduced, z.As<long>()); break;
            case DType.Int32: Kernel.SumToLong(shape, x.As<int>(), x.Layout.Strides, reduced, z.As<long>()); break;
            default: Kernel.SumToLong(shape, x.As<byte>(), x.Layout.Strides, reduced, z.As<long>()); break;
        }
    }

    /// <summary>The sum, divided by the number of elements: no elements give NaN.</summary>
    public static void Mean(Operand x, Axes axes, Operand z)
    {
        Sum(x, axes, z);
        if (z.DType == DType.Float32) Divide<float>(x, axes, z);
        else Divide<double>(x, axes, z);
    }

    private static void Divide<T>(Operand x, Axes axes, Operand z) where T : unmanaged, IFloatingPoint<T>
    {
        var count = axes.Reduced(x.Shape);
        // A number less itself is 0, and NaN where it is not finite: a sum tells of all of them at once.
        var differences = T.Zero;
        for (nint index = 0; index < z.Count; index++) differences += z.As<T>()[index] - z.As<T>()[index];
        ElementwiseKernels.Unary<T, Kernels.DivideByOperator>(new(count), z, z);
        if (count > 0 && differences != T.Zero) MeanOfLarge<T>(x, axes, z, count);
    }

    /// <summary>Means whose sums left the type's range, again: of the elements' 2⁻⁴⁰-th parts, in float64.</summary>
    private static void MeanOfLarge<T>(Operand x, Axes axes, Operand z, long count) where T : unmanaged, IFloatingPoint<T>
    {
        const double Part = 1.0 / (1L << 40);
        var memory = (double*)NativeMemory.Alloc((nuint)(x.Count + z.Count), sizeof(double));
        try
        {
            Operand parts = new((byte*)memory, Layout.Dense(x.Shape), DType.Float64),
                sums = new((byte*)(memory + x.Count), Layout.Dense(z.Shape), DType.Float64);
            ElementwiseKernels.Convert(x, DType.Float64, parts);
            for (nint index = 0; index < x.Count; index++) memory[index] *= Part;
            Sum(parts, axes, sums);
            for (nint index = 0; index < z.Count; index++)
            {
                if (!T.IsFinite(z.As<T>()[index])) z.As<T>()[index] = T.CreateTruncating(sums.As<double>()[index] / count / Part);
            }
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    public static void Max(Operand x, Axes axes, Operand z)
    {
        var reduced = Flags(stackalloc bool[Shape.MaxRank], x.Shape.Rank, axes);
        var shape = x.Shape.AsSpan();
        switch (x.DType)
        {
            case DType.Float32: Kernel.Max(shape, x.As<float>(), x.Layout.Strides, reduced, z.As<float>()); break;
            case DType.Float64: Kernel.Max(shape, x.As<double>(), x.Layout.Strides, reduced, z.As<double>()); break;
            case DType.Int64: Kernel.Max(shape, x.As<long>(), x.Layout.Strides, reduced, z.As<long>()); break;
            case DType.Int32: Kernel.Max(shape, x.As<int>(), x.Layout.Strides, reduced, z.As<int>()); break;
            default: Kernel.Any(shape, x.As<byte>(), x.Layout.Strides, reduced, z.As<byte>()); break;
        }
    }

    public static void Min(Operand x, Axes axes, Operand z)
    {
        var reduced = Flags(stackalloc bool[Shape.MaxRank], x.Shape.Rank, axes);
        var shape = x.Shape.AsSpan();
        switch (x.DType)
        {
            case DType.Float32: Kernel.Min(shape, x.As<float>(), x.Layout.Strides, reduced, z.As<float>()); break;
            case DType.Float64: Kernel.Min(shape, x.As<double>(), x.Layout.Strides, reduced, z.As<double>()); break;
            case DType.Int64: Kernel.Min(shape, x.As<long>(), x.Layout.Strides, reduced, z.As<long>()); break;
            case DType.Int32: Kernel.Min(shape, x.As<int>(), x.Layout.Strides, reduced, z.As<int>()); break;
            default: Kernel.All(shape, x.As<byte>(), x.Layout.Strides, reduced, z.As<byte>()); break;
        }
    }

    public static void MaxAlong(Operand x, AxisArgs args, Operand value, Operand index) => Along(x, args.Axis, value, index, greatest: true);

    public static void MinAlong(Operand x, AxisArgs args, Operand value, Operand index) => Along(x, args.Axis, value, index, greatest: false);

    public static void ArgMax(Operand x, AxisArgs args, Operand index) => Along(x, args.Axis, default, index, greatest: true);

    // Without a place for the values, only the positions are written.
    private static void Along(Operand x, int axis, Operand value, Operand index, bool greatest)
    {
        switch (x.DType)
        {
            case DType.Float32: Along<float>(x, axis, value, index, greatest); break;
            case DType.Float64: Along<double>(x, axis, value, index, greatest); break;
            case DType.Int64: Along<long>(x, axis, value, index, greatest); break;
            case DType.Int32: Along<int>(x, axis, value, index, greatest); break;
            default: Along<byte>(x, axis, value, index, greatest); break;
        }
    }

    private static void Along<T>(Operand x, int axis, Operand value, Operand index, bool greatest) where T : unmanaged
    {
        if (greatest) Kernel.ArgMax(x.Shape.AsSpan(), x.As<T>(), x.Layout.Strides, axis, value.As<T>(), index.As<long>());
        else Kernel.ArgMin(x.Shape.AsSpan(), x.As<T>(), x.Layout.Strides, axis, value.As<T>(), index.As<long>());
    }

    private static ReadOnlySpan<bool> Flags(Span<bool> flags, int rank, Axes axes)
    {
        for (var axis = 0; axis < rank; axis++) flags[axis] = axes.Has(axis);
        return flags[..rank];
    }
}
