using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>zᵢ = op(xᵢ, yᵢ) over n contiguous elements.</summary>
    public static void Binary<T, TOp>(TOp op, nint n, T* x, T* y, T* z) where T : unmanaged where TOp : struct, IBinaryOperator<T>
    {
        if (n <= 2 * Grain / TOp.Cost)
        {
            BinarySpan(op, n, x, 1, y, 1, z);
            return;
        }

        var bases = stackalloc byte*[] { (byte*)z, (byte*)x, (byte*)y };
        Nest.Linear(n, sizeof(T), sizeof(T), sizeof(T)).Walk(new BinaryBody<T, TOp>(op), bases, Piece(n, TOp.Cost));
    }

    /// <summary>z = op(x, y) over strided, broadcast operands.</summary>
    public static void Binary<T, TOp>(TOp op, ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, T* y, ReadOnlySpan<nint> ys, T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TOp : struct, IBinaryOperator<T>
    {
        var nest = Nest.Of(shape, zs, sizeof(T), xs, sizeof(T), ys, sizeof(T));
        if (nest.Count >= Straightened && nest.IsTransposed(1, sizeof(T)))
        {
            Span<nint> strides = stackalloc nint[shape.Length];
            var copy = Straighten(shape, x, xs, zs, strides);
            Binary(op, shape, copy, strides, y, ys, z, zs);
            NativeMemory.Free(copy);
        }
        else if (nest.Count >= Straightened && nest.IsTransposed(2, sizeof(T)))
        {
            Span<nint> strides = stackalloc nint[shape.Length];
            var copy = Straighten(shape, y, ys, zs, strides);
            Binary(op, shape, x, xs, copy, strides, z, zs);
            NativeMemory.Free(copy);
        }
        else
        {
            var bases = stackalloc byte*[] { (byte*)z, (byte*)x, (byte*)y };
            nest.Walk(new BinaryBody<T, TOp>(op), bases, Grain / TOp.Cost);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BinaryRun<T, TOp>(TOp op, nint n, T* x, nint xs, T* y, nint ys, T* z, nint zs) where T : unmanaged where TOp : struct, IBinaryOperator<T>
    {
        if (zs == 1 && (nuint)xs <= 1 && (nuint)ys <= 1) BinarySpan(op, n, x, xs, y, ys, z);
        else BinaryBlocks(op, n, x, xs, y, ys, z, zs);
    }

    private static void BinaryBlocks<T, TOp>(TOp op, nint n, T* x, nint xs, T* y, nint ys, T* z, nint zs) where T : unmanaged where TOp : struct, IBinaryOperator<T>
    {
        var blocks = stackalloc T[3 * Block];
        for (nint start = 0; start < n; start += Block)
        {
            var count = Math.Min(Block, n - start);
            var a = Strided.Gather(x + (start * xs), xs, count, blocks);
            var b = Strided.Gather(y + (start * ys), ys, count, blocks + Block);
            if (zs == 1)
            {
                BinarySpan(op, count, a, 1, b, 1, z + start);
            }
            else
            {
                BinarySpan(op, count, a, 1, b, 1, blocks + (2 * Block));
                Strided.Scatter(blocks + (2 * Block), count, z + (start * zs), zs);
            }
        }
    }

    /// <summary>One thread, output contiguous, inputs contiguous (stride 1) or one value for all (stride 0), at the machine's width.</summary>
    internal static void BinarySpan<T, TOp>(TOp op, nint n, T* x, nint xs, T* y, nint ys, T* z) where T : unmanaged where TOp : struct, IBinaryOperator<T>
    {
        if (Vector512.IsHardwareAccelerated) BinaryLoop<T, TOp, Simd512<T>, Vector512<T>>(op, n, x, xs, y, ys, z);
        else if (Vector256.IsHardwareAccelerated) BinaryLoop<T, TOp, Simd256<T>, Vector256<T>>(op, n, x, xs, y, ys, z);
        else BinaryLoop<T, TOp, Simd128<T>, Vector128<T>>(op, n, x, xs, y, ys, z);
    }

    // One loop for all four stride pairs: a broadcast operand is a vector on the stack that the loop does not step over.
    // That costs a load from the first-level cache and saves three more compiled loops for every operator.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void BinaryLoop<T, TOp, S, V>(TOp op, nint n, T* x, nint xs, T* y, nint ys, T* z)
        where T : unmanaged where TOp : struct, IBinaryOperator<T> where S : ISimd<T, V> where V : struct
    {
        if (n == 0) return;
        V xAll, yAll;
        if (xs == 0)
        {
            xAll = S.Create(*x);
            x = (T*)Unsafe.AsPointer(ref xAll);
        }

        if (ys == 0)
        {
            yAll = S.Create(*y);
            y = (T*)Unsafe.AsPointer(ref yAll);
        }

        var xStep = xs * S.Width;
        var yStep = ys * S.Width;
        nint i = 0;
        for (; i <= n - S.Width; i += S.Width)
        {
            S.Store(op.Invoke<S, V>(S.Load(x), S.Load(y)), z + i);
            x += xStep;
            y += yStep;
        }

        if (i < n) BinaryTail<T, TOp, S, V>(op, (int)(n - i), x, y, z + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BinaryTail<T, TOp, S, V>(TOp op, int n, T* x, T* y, T* z)
        where T : unmanaged where TOp : struct, IBinaryOperator<T> where S : ISimd<T, V> where V : struct =>
        S.StorePartial(op.Invoke<S, V>(S.LoadPartial(x, n), S.LoadPartial(y, n)), z, n);

    private readonly struct BinaryBody<T, TOp>(TOp op) : INestBody where T : unmanaged where TOp : struct, IBinaryOperator<T>
    {
        public void Run(nint count, byte** pointers, nint* strides) => BinaryRun(
            op, count, (T*)pointers[1], strides[1] / sizeof(T), (T*)pointers[2], strides[2] / sizeof(T), (T*)pointers[0], strides[0] / sizeof(T));
    }
}
