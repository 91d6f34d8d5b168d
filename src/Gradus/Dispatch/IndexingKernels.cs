using Gradus.Kernels;
using Kernel = Gradus.Kernels.Index;

namespace Gradus;

/// <summary>From an operand's element type to the kernels that read and add at indices.</summary>
internal static unsafe class IndexingKernels
{
    public static void Gather(Operand x, Operand index, int axis, Operand z)
    {
        var wrong = z.DType.Size switch
        {
            8 => Kernel.Gather(
                z.Shape.AsSpan(), axis, x.Shape[axis], x.Moved<long>(z.DType), x.Layout.Strides,
                index.As<long>(), index.Layout.Strides, z.Moved<long>(z.DType), z.Layout.Strides),
            4 => Kernel.Gather(
                z.Shape.AsSpan(), axis, x.Shape[axis], x.Moved<int>(z.DType), x.Layout.Strides,
                index.As<long>(), index.Layout.Strides, z.Moved<int>(z.DType), z.Layout.Strides),
            2 => Kernel.Gather(
                z.Shape.AsSpan(), axis, x.Shape[axis], x.Moved<short>(z.DType), x.Layout.Strides,
                index.As<long>(), index.Layout.Strides, z.Moved<short>(z.DType), z.Layout.Strides),
            _ => Kernel.Gather(
                z.Shape.AsSpan(), axis, x.Shape[axis], x.Moved<byte>(z.DType), x.Layout.Strides,
                index.As<long>(), index.Layout.Strides, z.Moved<byte>(z.DType), z.Layout.Strides),
        };
        Check("gather", wrong, axis, x.Shape[axis]);
    }

    public static void ScatterAdd(Operand x, Operand index, ScatterArgs args, Operand z)
    {
        z.Clear();
        switch (z.DType)
        {
            case DType.Float32: ScatterAdd<float>(x, index, args.Axis, z); break;
            case DType.Float64: ScatterAdd<double>(x, index, args.Axis, z); break;
            case DType.Int64: ScatterAdd<long>(x, index, args.Axis, z); break;
            default: ScatterAdd<int>(x, index, args.Axis, z); break;
        }
    }

    public static void ScatterCombine(Operand x, Operand index, Operand source, CombineArgs args, Operand z)
    {
        ElementwiseKernels.Copy(x, default, z);
        switch (z.DType)
        {
            case DType.Float32: ScatterCombine(source, index, args, z, float.NegativeInfinity, float.PositiveInfinity, 1f); break;
            case DType.Float64: ScatterCombine(source, index, args, z, double.NegativeInfinity, double.PositiveInfinity, 1.0); break;
            case DType.Int64: ScatterCombine(source, index, args, z, long.MinValue, long.MaxValue, 1L); break;
            default: ScatterCombine(source, index, args, z, int.MinValue, int.MaxValue, 1); break;
        }
    }

    public static void IndexSelect(Operand x, Operand index, int axis, Operand z)
    {
        switch (z.DType.Size)
        {
            case 8: IndexSelect<long>(x, index, axis, z); break;
            case 4: IndexSelect<int>(x, index, axis, z); break;
            case 2: IndexSelect<short>(x, index, axis, z); break;
            default: IndexSelect<byte>(x, index, axis, z); break;
        }
    }

    public static void IndexAdd(Operand x, Operand index, ScatterArgs args, Operand z)
    {
        z.Clear();
        switch (z.DType)
        {
            case DType.Float32: IndexAdd<float>(x, index, args.Axis, z); break;
            case DType.Float64: IndexAdd<double>(x, index, args.Axis, z); break;
            case DType.Int64: IndexAdd<long>(x, index, args.Axis, z); break;
            default: IndexAdd<int>(x, index, args.Axis, z); break;
        }
    }

    public static void IndexCopy(Operand x, Operand index, Operand source, int axis, Operand z)
    {
        ElementwiseKernels.Copy(x, default, z);
        switch (z.DType.Size)
        {
            case 8: IndexCopy<long>(source, index, axis, z); break;
            case 4: IndexCopy<int>(source, index, axis, z); break;
            default: IndexCopy<byte>(source, index, axis, z); break;
        }
    }

    public static void Positions(Operand index, PositionArgs args, Operand z)
    {
        var wrong = Kernel.Positions(index.Count, index.As<long>(), args.Size, args.FromEnd, z.As<long>());
        Check(args.Operation, wrong < 0 ? null : index.As<long>()[wrong], args.Axis, args.Size);
    }

    /// <summary>
    /// Whether an i64 tensor holds positions from 0 to size − 1 alone, so that it can be used as it is: half of the time of <c>x[rows]</c> was a copy of its
    /// index.
    /// </summary>
    public static bool ArePositions(Tensor index, int size)
    {
        if (!index.IsContiguous) return false;
        fixed (byte* origin = index) return Kernel.AreWithin((nint)index.Count, index.See(origin).As<long>(), size);
    }

    public static void NonZero(Operand x, int count, Operand z) => Kernel.NonZero(x.Count, x.As<byte>(), count, z.As<long>());

    public static void Unravel(Operand x, Shape shape, Operand z) => Kernel.Unravel(x.Count, x.As<long>(), shape.AsSpan(), z.As<long>());

    /// <summary>Sets a dense operand to a value, converted to its element type.</summary>
    public static void Fill(Operand z, double value)
    {
        switch (z.DType)
        {
            case DType.Float32: Kernels.Elementwise.Fill((float)value, z.Count, z.As<float>()); break;
            case DType.Float64: Kernels.Elementwise.Fill(value, z.Count, z.As<double>()); break;
            case DType.Int64: Kernels.Elementwise.Fill((long)value, z.Count, z.As<long>()); break;
            case DType.Int32: Kernels.Elementwise.Fill((int)value, z.Count, z.As<int>()); break;
            default: Kernels.Elementwise.Fill(value != 0 ? (byte)1 : (byte)0, z.Count, z.As<byte>()); break;
        }
    }

    private static void ScatterAdd<T>(Operand x, Operand index, int axis, Operand z) where T : unmanaged
    {
        var wrong = Kernel.ScatterAdd(
            index.Shape.AsSpan(), axis, z.Shape[axis], x.As<T>(), x.Layout.Strides, index.As<long>(), index.Layout.Strides, z.As<T>(), z.Layout.Strides);
        Check("scatterAdd", wrong, axis, z.Shape[axis]);
    }

    private static void ScatterCombine<T>(Operand source, Operand index, CombineArgs args, Operand z, T least, T greatest, T one) where T : unmanaged
    {
        switch (args.Reduction)
        {
            case ScatterReduction.Max: ScatterCombine(default(MaximumOperator), source, index, args, z, least); break;
            case ScatterReduction.Min: ScatterCombine(default(MinimumOperator), source, index, args, z, greatest); break;
            default: ScatterCombine(default(MultiplyOperator), source, index, args, z, one); break;
        }
    }

    private static void ScatterCombine<T, TOp>(TOp op, Operand source, Operand index, CombineArgs args, Operand z, T neutral)
        where T : unmanaged where TOp : struct, IBinaryOperator
    {
        var (axis, size) = (args.Axis, z.Shape[args.Axis]);
        var shape = index.Shape.AsSpan();
        ReadOnlySpan<nint> indices = index.Layout.Strides, places = z.Layout.Strides;
        if (!args.IncludeSelf) Kernel.ScatterFill(shape, axis, size, neutral, index.As<long>(), indices, z.As<T>(), places);
        var wrong = Kernel.ScatterCombine(op, shape, axis, size, source.As<T>(), source.Layout.Strides, index.As<long>(), indices, z.As<T>(), places);
        Check("scatterReduce", wrong, axis, size);
    }

    // Axes before the indexed one are planes that are indexed alike; those after it make the rows that are copied whole.
    private static void IndexSelect<T>(Operand x, Operand index, int axis, Operand z) where T : unmanaged
    {
        var (planes, size, columns) = Split(x, axis);
        for (nint plane = 0; plane < planes; plane++)
        {
            var wrong = Kernel.GatherRows(index.Count, columns, x.Moved<T>(z.DType) + (plane * size * columns), size, index.As<long>(),
                z.Moved<T>(z.DType) + (plane * index.Count * columns));
            Check("indexSelect", wrong < 0 ? null : index.As<long>()[wrong], axis, (int)size);
        }
    }

    private static void IndexAdd<T>(Operand x, Operand index, int axis, Operand z) where T : unmanaged
    {
        var (planes, size, columns) = Split(z, axis);
        for (nint plane = 0; plane < planes; plane++)
        {
            var wrong = Kernel.ScatterAddRows(
                index.Count, columns, x.As<T>() + (plane * index.Count * columns), index.As<long>(), z.As<T>() + (plane * size * columns), size);
            Check("indexAdd", wrong < 0 ? null : index.As<long>()[wrong], axis, (int)size);
        }
    }

    private static void IndexCopy<T>(Operand source, Operand index, int axis, Operand z) where T : unmanaged
    {
        var (planes, size, columns) = Split(z, axis);
        for (nint plane = 0; plane < planes; plane++)
        {
            var wrong = Kernel.CopyRows(index.Count, columns, source.Moved<T>(z.DType) + (plane * index.Count * columns), index.As<long>(),
                z.Moved<T>(z.DType) + (plane * size * columns), size);
            Check("indexCopy", wrong < 0 ? null : index.As<long>()[wrong], axis, (int)size);
        }
    }

    /// <summary>A dense operand as planes of rows: the axes before one, it, and those after it.</summary>
    public static (nint Planes, nint Size, nint Columns) Split(Operand x, int axis)
    {
        nint planes = 1, columns = 1;
        for (var other = 0; other < x.Shape.Rank; other++)
        {
            if (other < axis) planes *= x.Shape[other];
            else if (other > axis) columns *= x.Shape[other];
        }

        return (planes, x.Shape[axis], columns);
    }

    private static void Check(string operation, long? wrong, int axis, int size)
    {
        if (wrong is { } index) throw Errors.IndexOutOfRange(operation, index, axis, size);
    }
}
