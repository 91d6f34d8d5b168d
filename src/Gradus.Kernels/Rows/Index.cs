using System.Numerics;

namespace Gradus.Kernels;

/// <summary>Reading and adding at indices. Negative indices are the caller's business; an index out of range is reported, and nothing is written.</summary>
internal static unsafe partial class Index
{
    private const int Grain = 32768;

    /// <summary>z[i, :] = x[indexᵢ, :]: an embedding, or a selection along the first axis. x is [sourceRows, columns], z is [count, columns].</summary>
    /// <returns>The position of the first index out of range, or −1.</returns>
    public static nint GatherRows<T, TIndex>(nint count, nint columns, T* x, nint sourceRows, TIndex* index, T* z)
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var wrong = Wrong(count, sourceRows, index);
        if (wrong >= 0) return wrong;
        var step = Math.Max(1, Grain / Math.Max(1, columns));
        Workers.Run((int)((count + step - 1) / step), new GatherJob<T, TIndex>(count, step, columns, x, index, z));
        return -1;
    }

    /// <summary>z[indexᵢ, :] += g[i, :], in the order of i, so rows that occur twice add up the same way every time. z is [targetRows, columns].</summary>
    /// <returns>The position of the first index out of range, or −1.</returns>
    public static nint ScatterAddRows<T, TIndex>(nint count, nint columns, T* g, TIndex* index, T* z, nint targetRows)
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var wrong = Wrong(count, targetRows, index);
        if (wrong >= 0) return wrong;
        // Threads take columns, never indices: each element of z sees its additions in order.
        var step = count * columns <= 2 * Grain ? Math.Max(1, columns) : Math.Max(64, Grain / Math.Max(1, count));
        Workers.Run((int)((columns + step - 1) / step), new ScatterJob<T, TIndex>(count, columns, step, g, index, z));
        return -1;
    }

    /// <summary>z[…, i, …] = x[…, index[…, i, …], …] along one axis: index and z have one shape, x may differ from it along the axis only.</summary>
    /// <param name="shape">Shape of index and z.</param>
    /// <param name="axis">The axis that is indexed.</param>
    /// <param name="size">Size of x along the axis.</param>
    /// <param name="x">The source.</param>
    /// <param name="xs">Its strides.</param>
    /// <param name="index">The indices.</param>
    /// <param name="indexStrides">Their strides.</param>
    /// <param name="z">The result.</param>
    /// <param name="zs">Its strides.</param>
    /// <returns>The first index that is out of range, or null. What was in range has been written.</returns>
    public static long? Gather<T, TIndex>(
        ReadOnlySpan<int> shape, int axis, int size, T* x, ReadOnlySpan<nint> xs, TIndex* index, ReadOnlySpan<nint> indexStrides, T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var wrong = default(WrongIndex);
        Walk(shape, axis, xs, indexStrides, zs, new GatherLine<T, TIndex>(shape[axis], size, x, xs[axis], index, indexStrides[axis], z, zs[axis], &wrong));
        return wrong.Found ? wrong.Value : null;
    }

    /// <summary>z[…, index[…, i, …], …] += g[…, i, …] along one axis, in row-major order of g: the derivative of <see cref="Gather"/>.</summary>
    /// <returns>As <see cref="Gather"/>.</returns>
    public static long? ScatterAdd<T, TIndex>(
        ReadOnlySpan<int> shape, int axis, int size, T* g, ReadOnlySpan<nint> gs, TIndex* index, ReadOnlySpan<nint> indexStrides, T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var wrong = default(WrongIndex);
        Walk(shape, axis, gs, indexStrides, zs, new ScatterLine<T, TIndex>(shape[axis], size, g, gs[axis], index, indexStrides[axis], z, zs[axis], &wrong));
        return wrong.Found ? wrong.Value : null;
    }

    private static nint Wrong<TIndex>(nint count, nint size, TIndex* index) where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        for (nint i = 0; i < count; i++)
        {
            if ((ulong)long.CreateTruncating(index[i]) >= (ulong)size) return i;
        }

        return -1;
    }

    /// <summary>Calls the line body for every position over the other axes, in row-major order, on one thread.</summary>
    private static void Walk<TLine>(ReadOnlySpan<int> shape, int axis, ReadOnlySpan<nint> a, ReadOnlySpan<nint> b, ReadOnlySpan<nint> c, TLine line)
        where TLine : struct, ILine
    {
        Span<int> counter = stackalloc int[shape.Length];
        counter.Clear();
        foreach (var extent in shape)
        {
            if (extent == 0) return;
        }

        while (true)
        {
            nint x = 0, y = 0, z = 0;
            for (var k = 0; k < shape.Length; k++)
            {
                x += counter[k] * a[k];
                y += counter[k] * b[k];
                z += counter[k] * c[k];
            }

            line.Run(x, y, z);
            var place = shape.Length - 1;
            for (; place >= 0; place--)
            {
                if (place == axis) continue;
                if (++counter[place] < shape[place]) break;
                counter[place] = 0;
            }

            if (place < 0) return;
        }
    }

    private struct WrongIndex
    {
        public bool Found;
        public long Value;
    }

    private interface ILine
    {
        void Run(nint x, nint y, nint z);
    }

    private readonly struct GatherJob<T, TIndex>(nint count, nint step, nint columns, T* x, TIndex* index, T* z) : IJob
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        private readonly T* _x = x;
        private readonly TIndex* _index = index;
        private readonly T* _z = z;

        public void Run(int chunk)
        {
            var bytes = columns * sizeof(T);
            var end = Math.Min(count, (chunk + 1) * step);
            if (columns == 1)
            {
                for (var i = chunk * step; i < end; i++) _z[i] = _x[nint.CreateTruncating(_index[i])];
                return;
            }

            for (var i = chunk * step; i < end; i++) Buffer.MemoryCopy(_x + (nint.CreateTruncating(_index[i]) * columns), _z + (i * columns), bytes, bytes);
        }
    }

    private readonly struct ScatterJob<T, TIndex>(nint count, nint columns, nint step, T* g, TIndex* index, T* z) : IJob
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        private readonly T* _g = g;
        private readonly TIndex* _index = index;
        private readonly T* _z = z;

        public void Run(int chunk)
        {
            var start = chunk * step;
            var width = Math.Min(step, columns - start);
            if (width == 1)
            {
                for (nint i = 0; i < count; i++)
                {
                    var at = (nint.CreateTruncating(_index[i]) * columns) + start;
                    _z[at] = Scalar<T>.Add(_z[at], _g[(i * columns) + start]);
                }

                return;
            }

            for (nint i = 0; i < count; i++)
            {
                var to = _z + (nint.CreateTruncating(_index[i]) * columns) + start;
                Elementwise.BinarySpan(default(AddOperator<T>), width, to, 1, _g + (i * columns) + start, 1, to);
            }
        }
    }

    private readonly struct GatherLine<T, TIndex>(nint n, nint size, T* x, nint xs, TIndex* index, nint step, T* z, nint zs, WrongIndex* wrong) : ILine
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public void Run(nint xAt, nint indexAt, nint zAt)
        {
            for (nint i = 0; i < n; i++)
            {
                var k = long.CreateTruncating(index[indexAt + (i * step)]);
                if ((ulong)k < (ulong)size) z[zAt + (i * zs)] = x[xAt + ((nint)k * xs)];
                else if (!wrong->Found) *wrong = new WrongIndex { Found = true, Value = k };
            }
        }
    }

    private readonly struct ScatterLine<T, TIndex>(nint n, nint size, T* g, nint gs, TIndex* index, nint step, T* z, nint zs, WrongIndex* wrong) : ILine
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public void Run(nint gAt, nint indexAt, nint zAt)
        {
            for (nint i = 0; i < n; i++)
            {
                var k = long.CreateTruncating(index[indexAt + (i * step)]);
                if ((ulong)k < (ulong)size) z[zAt + ((nint)k * zs)] = Scalar<T>.Add(z[zAt + ((nint)k * zs)], g[gAt + (i * gs)]);
                else if (!wrong->Found) *wrong = new WrongIndex { Found = true, Value = k };
            }
        }
    }
}
