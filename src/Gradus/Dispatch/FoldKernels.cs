using Gradus.Kernels;
using Kernel = Gradus.Kernels.Reduce;

namespace Gradus;

/// <summary>From an operand's element type to the kernel for it, for products, quantifiers, least positions and running sums.</summary>
internal static unsafe class FoldKernels
{
    public static void Prod(Operand x, Axes axes, Operand z)
    {
        var reduced = Flags(stackalloc bool[Shape.MaxRank], x.Shape.Rank, axes);
        var shape = x.Shape.AsSpan();
        switch (x.DType)
        {
            case DType.Float32: Kernel.Prod(shape, x.As<float>(), x.Layout.Strides, reduced, z.As<float>()); break;
            case DType.Float64: Kernel.Prod(shape, x.As<double>(), x.Layout.Strides, reduced, z.As<double>()); break;
            case DType.Int64: Kernel.Prod(shape, x.As<long>(), x.Layout.Strides, reduced, z.As<long>()); break;
            case DType.Int32: Kernel.ProdToLong(shape, x.As<int>(), x.Layout.Strides, reduced, z.As<long>()); break;
            default: Kernel.ProdToLong(shape, x.As<byte>(), x.Layout.Strides, reduced, z.As<long>()); break;
        }
    }

    public static void All(Operand x, Axes axes, Operand z) =>
        Kernel.All(x.Shape.AsSpan(), x.As<byte>(), x.Layout.Strides, Flags(stackalloc bool[Shape.MaxRank], x.Shape.Rank, axes), z.As<byte>());

    public static void Any(Operand x, Axes axes, Operand z) =>
        Kernel.Any(x.Shape.AsSpan(), x.As<byte>(), x.Layout.Strides, Flags(stackalloc bool[Shape.MaxRank], x.Shape.Rank, axes), z.As<byte>());

    public static void ArgMin(Operand x, AxisArgs args, Operand index)
    {
        var shape = x.Shape.AsSpan();
        switch (x.DType)
        {
            case DType.Float32: Kernel.ArgMin(shape, x.As<float>(), x.Layout.Strides, args.Axis, null, index.As<long>()); break;
            case DType.Float64: Kernel.ArgMin(shape, x.As<double>(), x.Layout.Strides, args.Axis, null, index.As<long>()); break;
            case DType.Int64: Kernel.ArgMin(shape, x.As<long>(), x.Layout.Strides, args.Axis, null, index.As<long>()); break;
            case DType.Int32: Kernel.ArgMin(shape, x.As<int>(), x.Layout.Strides, args.Axis, null, index.As<long>()); break;
            default: Kernel.ArgMin<byte>(shape, x.As<byte>(), x.Layout.Strides, args.Axis, null, index.As<long>()); break;
        }
    }

    public static void CumSum(Operand x, ScanArgs args, Operand z)
    {
        nint outer = 1, inner = 1;
        for (var axis = 0; axis < x.Shape.Rank; axis++)
        {
            if (axis < args.Axis) outer *= x.Shape[axis];
            else if (axis > args.Axis) inner *= x.Shape[axis];
        }

        nint length = x.Shape[args.Axis];
        switch (x.DType)
        {
            case DType.Float32: Scan.Sum<float, double, float>(outer, length, inner, args.IsReversed, x.As<float>(), z.As<float>()); break;
            case DType.Float64: Scan.Sum<double, double, double>(outer, length, inner, args.IsReversed, x.As<double>(), z.As<double>()); break;
            case DType.Int64: Scan.Sum<long, long, long>(outer, length, inner, args.IsReversed, x.As<long>(), z.As<long>()); break;
            case DType.Int32: Scan.Sum<int, long, long>(outer, length, inner, args.IsReversed, x.As<int>(), z.As<long>()); break;
            default: Scan.Sum<byte, long, long>(outer, length, inner, args.IsReversed, x.As<byte>(), z.As<long>()); break;
        }
    }

    private static ReadOnlySpan<bool> Flags(Span<bool> flags, int rank, Axes axes)
    {
        for (var axis = 0; axis < rank; axis++) flags[axis] = axes.Has(axis);
        return flags[..rank];
    }
}
