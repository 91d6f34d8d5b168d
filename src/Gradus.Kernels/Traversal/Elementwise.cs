using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>Element by element: the traversals. What is computed is the operator struct; where from and where to is here.</summary>
/// <remarks>
/// Every traversal comes twice: over n contiguous elements, and over strided operands (strides in elements, 0 where an operand is broadcast, negative
/// allowed). The output may be exactly one of the inputs, never overlap one otherwise. Whatever the path, an element goes through the same operations,
/// so its bits depend on its inputs alone.
/// </remarks>
// Buffers on the stack are filled before they are read; zeroing them would cost more than a short run.
[SkipLocalsInit]
internal static unsafe partial class Elementwise
{
    /// <summary>Elements that a strided operand is gathered into at a time: small enough for three operands in the first-level cache.</summary>
    private const int Block = 256;

    /// <summary>Elements of one chunk of parallel work at cost 1. Two chunks of float32 additions take about 10 µs on one core.</summary>
    private const int Grain = 32768;

    /// <summary>Elements from which a transposed operand is copied in tiles first: 512 × 512 float32 then add at 1.9 instead of 0.4 billion a second.</summary>
    private const int Straightened = 4096;

    /// <summary>zᵢ = op(xᵢ) over n contiguous elements.</summary>
    public static void Unary<T, TOp>(TOp op, nint n, T* x, T* z) where T : unmanaged where TOp : struct, IUnaryOperator
    {
        if (n <= 2 * Grain / TOp.Cost)
        {
            UnarySpan(op, n, x, z);
            return;
        }

        Nest.Linear(n, sizeof(T), sizeof(T)).Walk(new UnaryBody<T, TOp>(op), Operands.At(z, x), Piece(n, TOp.Cost));
    }

    /// <summary>
    /// Elements of one chunk where the work is enough for threads: a quarter of the usual grain while there are few, since three chunks do not go evenly into
    /// two threads.
    /// </summary>
    private static nint Piece(nint n, int cost) => n < 8 * Grain / cost ? Grain / 4 / cost : Grain / cost;

    /// <summary>z = op(x) over strided operands.</summary>
    public static void Unary<T, TOp>(TOp op, ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TOp : struct, IUnaryOperator
    {
        var nest = Nest.Of(shape, zs, sizeof(T), xs, sizeof(T));
        if (nest.Count >= Straightened && x != z && nest.IsTransposed(1, sizeof(T)))
        {
            // The output takes the transposed copy and is then its own operand.
            Copy(shape, x, xs, z, zs);
            Unary(op, shape, z, zs, z, zs);
            return;
        }

        nest.Walk(new UnaryBody<T, TOp>(op), Operands.At(z, x), Grain / TOp.Cost);
    }

    /// <summary>A copy of x, to be freed, in the axis order of the output; its strides are written to <paramref name="strides"/>.</summary>
    private static T* Straighten<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, ReadOnlySpan<nint> zs, Span<nint> strides) where T : unmanaged
    {
        // Each axis gets the product of the sizes of the axes that lie inside it in the output.
        nint count = 1;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            count *= shape[axis];
            nint stride = 1;
            for (var other = 0; other < shape.Length; other++)
            {
                var (outer, inner) = (Math.Abs(zs[axis]), Math.Abs(zs[other]));
                if (inner < outer || (inner == outer && other > axis)) stride *= shape[other];
            }

            strides[axis] = stride;
        }

        var copy = (T*)NativeMemory.Alloc((nuint)count, (nuint)sizeof(T));
        Copy(shape, x, xs, copy, strides);
        return copy;
    }

    private static void UnaryRun<T, TOp>(TOp op, nint n, T* x, nint xs, T* z, nint zs) where T : unmanaged where TOp : struct, IUnaryOperator
    {
        if (xs == 1 && zs == 1)
        {
            UnarySpan(op, n, x, z);
            return;
        }

        var xBlock = stackalloc T[Block];
        var zBlock = stackalloc T[Block];
        for (nint start = 0; start < n; start += Block)
        {
            var count = Math.Min(Block, n - start);
            var from = Strided.Gather(x + (start * xs), xs, count, xBlock);
            if (zs == 1)
            {
                UnarySpan(op, count, from, z + start);
            }
            else
            {
                UnarySpan(op, count, from, zBlock);
                Strided.Scatter(zBlock, count, z + (start * zs), zs);
            }
        }
    }

    /// <summary>One thread, contiguous, at the machine's width.</summary>
    internal static void UnarySpan<T, TOp>(TOp op, nint n, T* x, T* z) where T : unmanaged where TOp : struct, IUnaryOperator
    {
        if (Vector512.IsHardwareAccelerated) UnaryLoop<T, TOp, Simd512<T>, Vector512<T>>(op, n, x, z);
        else if (Vector256.IsHardwareAccelerated) UnaryLoop<T, TOp, Simd256<T>, Vector256<T>>(op, n, x, z);
        else UnaryLoop<T, TOp, Simd128<T>, Vector128<T>>(op, n, x, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void UnaryLoop<T, TOp, S, V>(TOp op, nint n, T* x, T* z)
        where T : unmanaged where TOp : struct, IUnaryOperator where S : ISimd<T, V> where V : struct
    {
        nint i = 0;
        for (; i <= n - S.Width; i += S.Width) S.Store(op.Invoke<T, S, V>(S.Load(x + i)), z + i);
        if (i < n) UnaryTail<T, TOp, S, V>(op, (int)(n - i), x + i, z + i);
    }

    // A method of its own: the loop above stays within the just-in-time compiler's budget for inlining.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void UnaryTail<T, TOp, S, V>(TOp op, int n, T* x, T* z)
        where T : unmanaged where TOp : struct, IUnaryOperator where S : ISimd<T, V> where V : struct =>
        S.StorePartial(op.Invoke<T, S, V>(S.LoadPartial(x, n)), z, n);

    private readonly struct UnaryBody<T, TOp>(TOp op) : INestBody where T : unmanaged where TOp : struct, IUnaryOperator
    {
        public void Run(NestRows* rows)
        {
            var at = rows->Start;
            var (xs, zs) = (rows->Strides.First / sizeof(T), rows->Strides.Output / sizeof(T));
            for (nint row = 0; row < rows->Count; row++, at.Move(1, rows->Step)) UnaryRun(op, rows->Length, (T*)at.First, xs, (T*)at.Output, zs);
        }
    }
}
