using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>zᵢ = xᵢ where conditionᵢ ≠ 0, else yᵢ, over n contiguous elements.</summary>
    public static void Select<T>(nint n, byte* condition, T* x, T* y, T* z) where T : unmanaged
    {
        if (n <= 2 * Grain)
        {
            SelectSpan(n, condition, 1, x, 1, y, 1, z);
            return;
        }

        Nest.Linear(n, sizeof(T), 1, sizeof(T), sizeof(T)).Walk(default(SelectBody<T>), Operands.At(z, condition, x, y), Grain);
    }

    /// <summary>z = x where condition ≠ 0, else y, over strided, broadcast operands.</summary>
    public static void Select<T>(
        ReadOnlySpan<int> shape, byte* condition, ReadOnlySpan<nint> cs, T* x, ReadOnlySpan<nint> xs, T* y, ReadOnlySpan<nint> ys, T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged
    {
        Nest.Of(shape, zs, sizeof(T), cs, 1, xs, sizeof(T), ys, sizeof(T)).Walk(default(SelectBody<T>), Operands.At(z, condition, x, y), Grain);
    }

    private static void SelectRun<T>(nint n, byte* c, nint cs, T* x, nint xs, T* y, nint ys, T* z, nint zs) where T : unmanaged
    {
        if (zs == 1 && (nuint)cs <= 1 && (nuint)xs <= 1 && (nuint)ys <= 1)
        {
            SelectSpan(n, c, cs, x, xs, y, ys, z);
            return;
        }

        var blocks = stackalloc T[3 * Block];
        var conditions = stackalloc byte[Block];
        for (nint start = 0; start < n; start += Block)
        {
            var count = Math.Min(Block, n - start);
            var mask = Strided.Gather(c + (start * cs), cs, count, conditions);
            var a = Strided.Gather(x + (start * xs), xs, count, blocks);
            var b = Strided.Gather(y + (start * ys), ys, count, blocks + Block);
            SelectSpan(count, mask, 1, a, 1, b, 1, blocks + (2 * Block));
            Strided.Scatter(blocks + (2 * Block), count, z + (start * zs), zs);
        }
    }

    private static void SelectSpan<T>(nint n, byte* c, nint cs, T* x, nint xs, T* y, nint ys, T* z) where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) SelectLoop<T, Simd512<T>, Vector512<T>>(n, c, cs, x, xs, y, ys, z);
        else if (Vector256.IsHardwareAccelerated) SelectLoop<T, Simd256<T>, Vector256<T>>(n, c, cs, x, xs, y, ys, z);
        else SelectLoop<T, Simd128<T>, Vector128<T>>(n, c, cs, x, xs, y, ys, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SelectLoop<T, S, V>(nint n, byte* c, nint cs, T* x, nint xs, T* y, nint ys, T* z)
        where T : unmanaged where S : ISimd<T, V> where V : struct
    {
        nint i = 0;
        if (cs == 1 && xs == 1 && ys == 1)
        {
            for (; i <= n - S.Width; i += S.Width) S.Store(S.Select(S.LoadMask(c + i), S.Load(x + i), S.Load(y + i)), z + i);
        }
        else if (cs == 1 && ys == 1)
        {
            for (; i <= n - S.Width; i += S.Width) S.Store(S.Select(S.LoadMask(c + i), S.Create(*x), S.Load(y + i)), z + i);
        }
        else if (cs == 1 && xs == 1)
        {
            for (; i <= n - S.Width; i += S.Width) S.Store(S.Select(S.LoadMask(c + i), S.Load(x + i), S.Create(*y)), z + i);
        }

        for (; i < n; i++) z[i] = c[i * cs] != 0 ? x[i * xs] : y[i * ys];
    }

    private readonly struct SelectBody<T> : INestBody where T : unmanaged
    {
        public void Run(NestRows* rows)
        {
            var at = rows->Start;
            var (cs, xs, ys, zs) = (rows->Strides.First, rows->Strides.Second / sizeof(T), rows->Strides.Third / sizeof(T), rows->Strides.Output / sizeof(T));
            for (nint row = 0; row < rows->Count; row++, at.Move(1, rows->Step))
            {
                SelectRun(rows->Length, (byte*)at.First, cs, (T*)at.Second, xs, (T*)at.Third, ys, (T*)at.Output, zs);
            }
        }
    }
}
