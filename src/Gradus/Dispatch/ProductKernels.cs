using System.Numerics;
using Gradus.Kernels;

namespace Gradus;

/// <summary>From operands to matrix products: which axes are rows, columns and batches.</summary>
internal static unsafe class ProductKernels
{
    public static Meta InferMatMul(Meta x, Meta y)
    {
        if (x.DType == DType.Bool) throw Errors.NoArithmetic("matmul");
        if (x.Shape[-1] != y.Shape[-2]) throw new GradusException($"matmul: {x} · {y}: inner sizes {x.Shape[-1]} and {y.Shape[-2]} differ.");
        var batch = Shape.Broadcast("matmul", Batch(x.Shape), Batch(y.Shape));
        return new Meta(Shape.Create([.. batch.AsSpan(), x.Shape[-2], y.Shape[-1]]), x.DType);
    }

    public static Meta InferLinear(Meta x, Meta weight, Meta? bias)
    {
        if (weight.Rank != 2) throw new GradusException($"linear: the weight is {weight}, expected [out, in].");
        if (x.Rank == 0 || x.Shape[-1] != weight.Shape[1])
        {
            throw new GradusException($"linear: the input is {x}, expected [..., {weight.Shape[1]}] for a weight of {weight.Shape}.");
        }

        if (bias is { } b && (b.Rank != 1 || b.Shape[0] != weight.Shape[0]))
        {
            throw new GradusException($"linear: the bias is {b}, expected [{weight.Shape[0]}].");
        }

        if (x.DType == DType.Bool) throw Errors.NoArithmetic("linear");
        return new Meta(Shape.Create([.. x.Shape.AsSpan()[..^1], weight.Shape[0]]), x.DType);
    }

    public static void MatMul(Operand x, Operand y, None args, Operand z)
    {
        switch (z.DType)
        {
            case DType.Float32: MatMul<float>(x, y, z); break;
            case DType.Float64: MatMul<double>(x, y, z); break;
            case DType.Int64: MatMul<long>(x, y, z); break;
            default: MatMul<int>(x, y, z); break;
        }
    }

    /// <summary>z = x·Wᵀ + b, all dense; <paramref name="bias"/> may be empty.</summary>
    public static void Linear(Operand x, Operand weight, Operand bias, Operand z)
    {
        switch (z.DType)
        {
            case DType.Float32: Linear<float>(x, weight, bias, z); break;
            case DType.Float64: Linear<double>(x, weight, bias, z); break;
            case DType.Int64: Linear<long>(x, weight, bias, z); break;
            default: Linear<int>(x, weight, bias, z); break;
        }
    }

    private static void Linear<T>(Operand x, Operand weight, Operand bias, Operand z) where T : unmanaged, INumber<T>
    {
        int columns = weight.Shape[0], inner = weight.Shape[1];
        var rows = columns == 0 ? 0 : Shape.Size(z.Count / columns, "linear");
        Gemm.Run(rows, columns, inner, x.As<T>(), inner, 1, weight.As<T>(), 1, inner, z.As<T>(), columns, bias.As<T>(), accumulate: false);
    }

    private static void MatMul<T>(Operand x, Operand y, Operand z) where T : unmanaged, INumber<T>
    {
        int m = x.Shape[-2], k = x.Shape[-1], n = y.Shape[-1];
        nint xRow = x.Layout.Strides[^2], xColumn = x.Layout.Strides[^1], yRow = y.Layout.Strides[^2], yColumn = y.Layout.Strides[^1];
        var batch = Batch(z.Shape);
        if (batch.Rank == 0)
        {
            Gemm.Run(m, n, k, x.As<T>(), xRow, xColumn, y.As<T>(), yRow, yColumn, z.As<T>(), n, null, accumulate: false);
            return;
        }

        // A batch of rows times one matrix is one larger product.
        if (y.Shape.Rank == 2 && x.IsDense)
        {
            Gemm.Run(Shape.Size(batch.ElementCount * m, "matmul"), n, k, x.As<T>(), k, 1, y.As<T>(), yRow, yColumn, z.As<T>(), n, null, accumulate: false);
            return;
        }

        var count = Shape.Size(batch.ElementCount, "matmul");
        var offsets = new nint[3 * count];
        Offsets(x.Layout, batch, offsets.AsSpan(0, count));
        Offsets(y.Layout, batch, offsets.AsSpan(count, count));
        for (var index = 0; index < count; index++) offsets[(2 * count) + index] = (nint)index * m * n;
        Gemm.RunBatched(count, offsets.AsSpan(0, count), offsets.AsSpan(count, count), offsets.AsSpan(2 * count), m, n, k,
            x.As<T>(), xRow, xColumn, y.As<T>(), yRow, yColumn, z.As<T>(), n);
    }

    /// <summary>Where each matrix of a batch begins, in row-major order of the batch's axes.</summary>
    public static void Offsets(Layout layout, Shape batch, Span<nint> offsets)
    {
        Span<int> sizes = stackalloc int[batch.Rank];
        Span<nint> strides = stackalloc nint[batch.Rank];
        var lead = batch.Rank - (layout.Rank - 2);
        for (var axis = 0; axis < batch.Rank; axis++)
        {
            sizes[axis] = batch.AsSpan()[axis];
            strides[axis] = axis < lead || layout.Shape.AsSpan()[axis - lead] == 1 ? 0 : layout.Strides[axis - lead];
        }

        Span<int> position = stackalloc int[batch.Rank];
        position.Clear();
        nint offset = 0;
        for (var index = 0; index < offsets.Length; index++)
        {
            offsets[index] = offset;
            for (var axis = batch.Rank - 1; axis >= 0; axis--)
            {
                offset += strides[axis];
                if (++position[axis] < sizes[axis]) break;
                offset -= strides[axis] * sizes[axis];
                position[axis] = 0;
            }
        }
    }

    /// <summary>The axes before the last two.</summary>
    public static Shape Batch(Shape shape) => Shape.Create(shape.AsSpan()[..^2]);
}
