using System.Runtime.InteropServices;
using Gradus.Kernels;
using Kernel = Gradus.Kernels.Elementwise;

namespace Gradus;

/// <summary>Sums of f16 and bf16, for gradients that are added where they lie: in f32, rounded once.</summary>
internal static unsafe class Halves
{
    public static void Add(Operand x, Operand y, Operand z)
    {
        var memory = (float*)NativeMemory.Alloc((nuint)Math.Max(1, 2 * z.Count), sizeof(float));
        try
        {
            float* left = memory, right = memory + z.Count;
            Widen(x, z.Shape, left);
            Widen(y, z.Shape, right);
            Kernel.Binary(default(AddOperator), z.Count, left, right, left);
            var dense = Layout.Dense(z.Shape);
            if (z.DType == DType.Float16) Kernel.Convert<float, Half>(z.Shape.AsSpan(), left, dense.Strides, z.As<Half>(), z.Layout.Strides);
            else Kernel.Convert<float, ushort>(z.Shape.AsSpan(), left, dense.Strides, z.As<ushort>(), z.Layout.Strides);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    private static void Widen(Operand x, Shape shape, float* target)
    {
        Span<nint> strides = stackalloc nint[shape.Rank];
        x.Layout.BroadcastStrides(shape, strides);
        var dense = Layout.Dense(shape);
        if (x.DType == DType.Float16) Kernel.Convert<Half, float>(shape.AsSpan(), x.As<Half>(), strides, target, dense.Strides);
        else Kernel.Convert<ushort, float>(shape.AsSpan(), x.As<ushort>(), strides, target, dense.Strides);
    }
}
