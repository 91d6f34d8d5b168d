using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>zᵢ = op(xᵢ, yᵢ) over n contiguous elements.</summary>
    public static void Binary<T, TOp>(TOp op, nint n, T* x, T* y, T* z) where T : unmanaged where TOp : struct, IBinaryOperator
    {
        if (n <= 2 * Grain / TOp.Cost)
        {
            BinarySpan(op, n, x, 1, y, 1, z);
            return;
        }

        Nest.Linear(n, sizeof(T), sizeof(T), sizeof(T)).Walk(new BinaryBody<T, TOp>(op), Operands.At(z, x, y), Piece(n, TOp.Cost));
    }

    /// <summary>z = op(x, y) over strided, broadcast operands.</summary>
    public static void Binary<T, TOp>(TOp op, ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, T* y, ReadOnlySpan<nint> ys, T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TOp : struct, IBinaryOperator
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
            nest.Walk(new BinaryBody<T, TOp>(op), Operands.At(z, x, y), Grain / TOp.Cost);
        }
    }

    private static void BinaryBlocks<T, TOp>(TOp op, nint n, T* x, nint xs, T* y, nint ys, T* z, nint zs)
        where T : unmanaged where TOp : struct, IBinaryOperator
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
    /// <param name="op">The operator.</param>
    /// <param name="n">Elements.</param>
    /// <param name="x">The first input.</param>
    /// <param name="xs">Its stride.</param>
    /// <param name="y">The second input.</param>
    /// <param name="ys">Its stride.</param>
    /// <param name="z">The output.</param>
    /// <param name="rows">How many such spans, and how far apart they begin; null for one.</param>
    internal static void BinarySpan<T, TOp>(TOp op, nint n, T* x, nint xs, T* y, nint ys, T* z, NestRows* rows = null)
        where T : unmanaged where TOp : struct, IBinaryOperator
    {
        if (Vector512.IsHardwareAccelerated) BinaryLoop<T, TOp, Simd512<T>, Vector512<T>>(op, n, x, xs, y, ys, z, rows);
        else if (Vector256.IsHardwareAccelerated) BinaryLoop<T, TOp, Simd256<T>, Vector256<T>>(op, n, x, xs, y, ys, z, rows);
        else BinaryLoop<T, TOp, Simd128<T>, Vector128<T>>(op, n, x, xs, y, ys, z, rows);
    }

    // One loop for all four stride pairs: a broadcast operand is a vector on the stack that the loop does not step over.
    // That costs a load from the first-level cache and saves three more compiled loops for every operator.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void BinaryLoop<T, TOp, S, V>(TOp op, nint n, T* x, nint xs, T* y, nint ys, T* z, NestRows* rows = null)
        where T : unmanaged where TOp : struct, IBinaryOperator where S : ISimd<T, V> where V : struct
    {
        if (n == 0) return;
        Unsafe.SkipInit(out VectorPair<V> pair);
        var all = (T*)VectorPair<V>.Start(ref pair);
        var xStep = xs * S.Width;
        var yStep = ys * S.Width;
        var whole = n - (n % S.Width);
        for (var left = rows == null ? 1 : rows->Count; ;)
        {
            T* a = x, b = y;
            if (xs == 0)
            {
                a = all;
                S.Store(S.Create(*x), a);
            }

            if (ys == 0)
            {
                b = all + S.Width;
                S.Store(S.Create(*y), b);
            }

            // Pointers of the loop alone: those of the tail, live across a call, would be kept on the stack and written at each step.
            T* p = a, q = b;
            for (nint i = 0; i < whole; i += S.Width)
            {
                S.Store(op.Invoke<T, S, V>(S.Load(p), S.Load(q)), z + i);
                p += xStep;
                q += yStep;
            }

            if (whole < n)
            {
                var rest = (int)(n - whole);
                a += whole * xs;
                b += whole * ys;
                // Short operators twice in one method: all that a row needs stays in registers. Long ones would exceed the compiler's budget for inlining.
                if (TOp.Cost > 1) BinaryTail<T, TOp, S, V>(op, rest, a, b, z + whole);
                else S.StorePartial(op.Invoke<T, S, V>(S.LoadPartial(a, rest), S.LoadPartial(b, rest)), z + whole, rest);
            }

            if (--left == 0) return;
            x = (T*)((byte*)x + rows->Step.First);
            y = (T*)((byte*)y + rows->Step.Second);
            z = (T*)((byte*)z + rows->Step.Output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BinaryTail<T, TOp, S, V>(TOp op, int n, T* x, T* y, T* z)
        where T : unmanaged where TOp : struct, IBinaryOperator where S : ISimd<T, V> where V : struct =>
        S.StorePartial(op.Invoke<T, S, V>(S.LoadPartial(x, n), S.LoadPartial(y, n)), z, n);

    private readonly struct BinaryBody<T, TOp>(TOp op) : INestBody where T : unmanaged where TOp : struct, IBinaryOperator
    {
        public void Run(NestRows* rows)
        {
            var (xs, ys, zs) = (rows->Strides.First / sizeof(T), rows->Strides.Second / sizeof(T), rows->Strides.Output / sizeof(T));
            if (zs == 1 && (nuint)xs <= 1 && (nuint)ys <= 1)
            {
                BinarySpan(op, rows->Length, (T*)rows->Start.First, xs, (T*)rows->Start.Second, ys, (T*)rows->Start.Output, rows);
                return;
            }

            var at = rows->Start;
            for (nint row = 0; row < rows->Count; row++, at.Move(1, rows->Step))
            {
                BinaryBlocks(op, rows->Length, (T*)at.First, xs, (T*)at.Second, ys, (T*)at.Output, zs);
            }
        }
    }
}
