using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>zᵢ = op(xᵢ, yᵢ, wᵢ) over n contiguous elements.</summary>
    public static void Ternary<T, TOp>(TOp op, nint n, T* x, T* y, T* w, T* z) where T : unmanaged where TOp : struct, ITernaryOperator
    {
        if (n <= 2 * Grain / TOp.Cost)
        {
            TernarySpan(op, n, x, y, w, z);
            return;
        }

        Nest.Linear(n, sizeof(T), sizeof(T), sizeof(T), sizeof(T)).Walk(new TernaryBody<T, TOp>(op), Operands.At(z, x, y, w), Grain / TOp.Cost);
    }

    /// <summary>z = op(x, y, w) over strided, broadcast operands.</summary>
    public static void Ternary<T, TOp>(
        TOp op, ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, T* y, ReadOnlySpan<nint> ys, T* w, ReadOnlySpan<nint> ws, T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TOp : struct, ITernaryOperator
    {
        Nest.Of(shape, zs, sizeof(T), xs, sizeof(T), ys, sizeof(T), ws, sizeof(T)).Walk(new TernaryBody<T, TOp>(op), Operands.At(z, x, y, w), Grain / TOp.Cost);
    }

    internal static void TernarySpan<T, TOp>(TOp op, nint n, T* x, T* y, T* w, T* z) where T : unmanaged where TOp : struct, ITernaryOperator
    {
        if (Vector512.IsHardwareAccelerated) TernaryLoop<T, TOp, Simd512<T>, Vector512<T>>(op, n, x, y, w, z);
        else if (Vector256.IsHardwareAccelerated) TernaryLoop<T, TOp, Simd256<T>, Vector256<T>>(op, n, x, y, w, z);
        else TernaryLoop<T, TOp, Simd128<T>, Vector128<T>>(op, n, x, y, w, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void TernaryLoop<T, TOp, S, V>(TOp op, nint n, T* x, T* y, T* w, T* z)
        where T : unmanaged where TOp : struct, ITernaryOperator where S : ISimd<T, V> where V : struct
    {
        nint i = 0;
        for (; i <= n - S.Width; i += S.Width) S.Store(op.Invoke<T, S, V>(S.Load(x + i), S.Load(y + i), S.Load(w + i)), z + i);
        if (i < n) TernaryTail<T, TOp, S, V>(op, (int)(n - i), x + i, y + i, w + i, z + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TernaryTail<T, TOp, S, V>(TOp op, int n, T* x, T* y, T* w, T* z)
        where T : unmanaged where TOp : struct, ITernaryOperator where S : ISimd<T, V> where V : struct =>
        S.StorePartial(op.Invoke<T, S, V>(S.LoadPartial(x, n), S.LoadPartial(y, n), S.LoadPartial(w, n)), z, n);

    private readonly struct TernaryBody<T, TOp>(TOp op) : INestBody where T : unmanaged where TOp : struct, ITernaryOperator
    {
        public void Run(NestRows* rows)
        {
            var at = rows->Start;
            for (nint row = 0; row < rows->Count; row++, at.Move(1, rows->Step)) Row(rows->Length, at, rows->Strides);
        }

        private void Row(nint count, Operands at, Operands strides)
        {
            // Operands that are not contiguous, broadcast ones included, are gathered: three inputs have too many stride patterns for a loop each.
            var blocks = stackalloc T[4 * Block];
            var (xs, ys, ws, zs) = (strides.First / sizeof(T), strides.Second / sizeof(T), strides.Third / sizeof(T), strides.Output / sizeof(T));
            var step = xs == 1 && ys == 1 && ws == 1 && zs == 1 ? count : Block;
            for (nint start = 0; start < count; start += step)
            {
                var n = Math.Min(step, count - start);
                var x = Strided.Gather((T*)at.First + (start * xs), xs, n, blocks);
                var y = Strided.Gather((T*)at.Second + (start * ys), ys, n, blocks + Block);
                var w = Strided.Gather((T*)at.Third + (start * ws), ws, n, blocks + (2 * Block));
                var z = (T*)at.Output + (start * zs);
                TernarySpan(op, n, x, y, w, zs == 1 ? z : blocks + (3 * Block));
                if (zs != 1) Strided.Scatter(blocks + (3 * Block), n, z, zs);
            }
        }
    }
}
