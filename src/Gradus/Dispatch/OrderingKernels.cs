using Gradus.Kernels;

namespace Gradus;

/// <summary>From an operand's element type to the kernels that sort and search.</summary>
internal static unsafe class OrderingKernels
{
    /// <summary>The first elements of each sorted line along an axis, as many as z has, and their positions.</summary>
    public static void Sort(Operand x, int axis, bool descending, Operand values, Operand index)
    {
        switch (x.DType)
        {
            case DType.Float32: Sort<float>(x, axis, descending, values, index); break;
            case DType.Float64: Sort<double>(x, axis, descending, values, index); break;
            case DType.Int64: Sort<long>(x, axis, descending, values, index); break;
            case DType.Int32: Sort<int>(x, axis, descending, values, index); break;
            default: Sort<byte>(x, axis, descending, values, index); break;
        }
    }

    public static void Search(Operand sorted, Operand values, bool right, Operand z)
    {
        switch (sorted.DType)
        {
            case DType.Float32: Search<float>(sorted, values, right, z); break;
            case DType.Float64: Search<double>(sorted, values, right, z); break;
            case DType.Int64: Search<long>(sorted, values, right, z); break;
            case DType.Int32: Search<int>(sorted, values, right, z); break;
            default: Search<byte>(sorted, values, right, z); break;
        }
    }

    private static void Sort<T>(Operand x, int axis, bool descending, Operand values, Operand index) where T : unmanaged
    {
        var (planes, size, columns) = IndexingKernels.Split(x, axis);
        Sorting.Run(planes, (int)size, columns, values.Shape[axis], descending, x.As<T>(), values.As<T>(), index.As<long>());
    }

    private static void Search<T>(Operand sorted, Operand values, bool right, Operand z) where T : unmanaged
    {
        var size = sorted.Shape[-1];
        var columns = values.Shape.Rank == 0 ? 1 : values.Shape[-1];
        var lines = columns == 0 ? 0 : values.Count / columns;
        Searching.Run(lines, size, columns, sorted.Shape.Rank == 1, right, sorted.As<T>(), values.As<T>(), z.As<long>());
    }
}
