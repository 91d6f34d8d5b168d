using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>zᵢ = 1 where the relation of xᵢ and yᵢ holds, else 0, over n contiguous elements.</summary>
    public static void Compare<T, TOp>(TOp op, nint n, T* x, T* y, byte* z) where T : unmanaged where TOp : struct, IComparison
    {
        if (n <= 2 * Grain)
        {
            CompareSpan(op, n, x, 1, y, 1, z);
            return;
        }

        Nest.Linear(n, 1, sizeof(T), sizeof(T)).Walk(new CompareBody<T, TOp>(op), Operands.At(z, x, y), Grain);
    }

    /// <summary>z = 1 where the relation of x and y holds, else 0, over strided, broadcast operands.</summary>
    public static void Compare<T, TOp>(
        TOp op, ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, T* y, ReadOnlySpan<nint> ys, byte* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TOp : struct, IComparison
    {
        Nest.Of(shape, zs, 1, xs, sizeof(T), ys, sizeof(T)).Walk(new CompareBody<T, TOp>(op), Operands.At(z, x, y), Grain);
    }

    private static void CompareRun<T, TOp>(TOp op, nint n, T* x, nint xs, T* y, nint ys, byte* z, nint zs)
        where T : unmanaged where TOp : struct, IComparison
    {
        if (zs == 1 && (nuint)xs <= 1 && (nuint)ys <= 1)
        {
            CompareSpan(op, n, x, xs, y, ys, z);
            return;
        }

        var blocks = stackalloc T[2 * Block];
        var result = stackalloc byte[Block];
        for (nint start = 0; start < n; start += Block)
        {
            var count = Math.Min(Block, n - start);
            var a = Strided.Gather(x + (start * xs), xs, count, blocks);
            var b = Strided.Gather(y + (start * ys), ys, count, blocks + Block);
            CompareSpan(op, count, a, 1, b, 1, result);
            Strided.Scatter(result, count, z + (start * zs), zs);
        }
    }

    internal static void CompareSpan<T, TOp>(TOp op, nint n, T* x, nint xs, T* y, nint ys, byte* z) where T : unmanaged where TOp : struct, IComparison
    {
        if (Vector512.IsHardwareAccelerated) CompareLoop<T, TOp, Simd512<T>, Vector512<T>>(op, n, x, xs, y, ys, z);
        else if (Vector256.IsHardwareAccelerated) CompareLoop<T, TOp, Simd256<T>, Vector256<T>>(op, n, x, xs, y, ys, z);
        else CompareLoop<T, TOp, Simd128<T>, Vector128<T>>(op, n, x, xs, y, ys, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CompareLoop<T, TOp, S, V>(TOp op, nint n, T* x, nint xs, T* y, nint ys, byte* z)
        where T : unmanaged where TOp : struct, IComparison where S : ISimd<T, V> where V : struct
    {
        if (n == 0) return;
        Unsafe.SkipInit(out VectorPair<V> pair);
        var all = (T*)VectorPair<V>.Start(ref pair);
        if (xs == 0)
        {
            S.Store(S.Create(*x), all);
            x = all;
        }

        if (ys == 0)
        {
            S.Store(S.Create(*y), all + S.Width);
            y = all + S.Width;
        }

        var xStep = xs * S.Width;
        var yStep = ys * S.Width;
        nint i = 0;
        for (; i <= n - S.Width; i += S.Width)
        {
            S.StoreMask(op.Invoke<T, S, V>(S.Load(x), S.Load(y)), z + i);
            x += xStep;
            y += yStep;
        }

        if (i < n) CompareTail<T, TOp, S, V>(op, (int)(n - i), x, y, z + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void CompareTail<T, TOp, S, V>(TOp op, int n, T* x, T* y, byte* z)
        where T : unmanaged where TOp : struct, IComparison where S : ISimd<T, V> where V : struct
    {
        var bytes = stackalloc byte[64];
        S.StoreMask(op.Invoke<T, S, V>(S.LoadPartial(x, n), S.LoadPartial(y, n)), bytes);
        Unsafe.CopyBlockUnaligned(z, bytes, (uint)n);
    }

    private readonly struct CompareBody<T, TOp>(TOp op) : INestBody where T : unmanaged where TOp : struct, IComparison
    {
        public void Run(NestRows* rows)
        {
            var at = rows->Start;
            var (xs, ys, zs) = (rows->Strides.First / sizeof(T), rows->Strides.Second / sizeof(T), rows->Strides.Output);
            for (nint row = 0; row < rows->Count; row++, at.Move(1, rows->Step))
            {
                CompareRun(op, rows->Length, (T*)at.First, xs, (T*)at.Second, ys, (byte*)at.Output, zs);
            }
        }
    }
}
