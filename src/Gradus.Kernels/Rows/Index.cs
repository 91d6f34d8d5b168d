using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    /// <returns>The first index in row-major order that is out of range, or null. What was in range has been written.</returns>
    public static long? Gather<T, TIndex>(
        ReadOnlySpan<int> shape, int axis, int size, T* x, ReadOnlySpan<nint> xs, TIndex* index, ReadOnlySpan<nint> indexStrides, T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var isRight = Lines.Walk(shape, axis, size * (nint)sizeof(T), xs, indexStrides, zs, new GatherBody<T, TIndex>(size, x, index, z));
        return isRight ? null : FirstWrong(shape, size, index, indexStrides);
    }

    /// <summary>z[…, index[…, i, …], …] += g[…, i, …] along one axis, in row-major order of g: the derivative of <see cref="Gather"/>.</summary>
    /// <returns>As <see cref="Gather"/>.</returns>
    public static long? ScatterAdd<T, TIndex>(
        ReadOnlySpan<int> shape, int axis, int size, T* g, ReadOnlySpan<nint> gs, TIndex* index, ReadOnlySpan<nint> indexStrides, T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        return ScatterCombine(default(AddOperator), shape, axis, size, g, gs, index, indexStrides, z, zs);
    }

    /// <summary>z[…, index[…, i, …], …] = op(itself, g[…, i, …]) along one axis, in row-major order of g.</summary>
    /// <returns>As <see cref="Gather"/>.</returns>
    public static long? ScatterCombine<T, TIndex, TOp>(
        TOp op, ReadOnlySpan<int> shape, int axis, int size, T* g, ReadOnlySpan<nint> gs, TIndex* index, ReadOnlySpan<nint> indexStrides,
        T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex> where TOp : struct, IBinaryOperator
    {
        var isRight = Lines.Walk(shape, axis, size * (nint)sizeof(T), zs, indexStrides, gs, new CombineBody<T, TIndex, TOp>(op, size, g, index, z));
        return isRight ? null : FirstWrong(shape, size, index, indexStrides);
    }

    /// <summary>z[…, index[…, i, …], …] = value along one axis; indices out of range are left out.</summary>
    public static void ScatterFill<T, TIndex>(
        ReadOnlySpan<int> shape, int axis, int size, T value, TIndex* index, ReadOnlySpan<nint> indexStrides, T* z, ReadOnlySpan<nint> zs)
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex> =>
        Lines.Walk(shape, axis, size * (nint)sizeof(T), zs, indexStrides, indexStrides, new FillBody<T, TIndex>(size, value, index, z));

    private static nint Wrong<TIndex>(nint count, nint size, TIndex* index) where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        for (var i = Right(count, size, index); i < count; i++)
        {
            if ((ulong)long.CreateTruncating(index[i]) >= (ulong)size) return i;
        }

        return -1;
    }

    /// <summary>How many indices, from the first on, are surely from 0 to size − 1: all of them, or none of a run in which a wrong one lies.</summary>
    /// <remarks>
    /// i is wrong where i or size − 1 − i has its sign bit set: one or of a whole run is looked at instead of each comparison, at the speed of the memory.
    /// </remarks>
    private static nint Right<TIndex>(nint count, nint size, TIndex* index) where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        const int Run = 4096;
        // Numbers without a sign have no sign bit to look at.
        if (TIndex.CreateTruncating(-1) > TIndex.Zero) return 0;
        var last = Vector256.Create(TIndex.CreateSaturating(size - 1));
        var width = Vector256<TIndex>.Count;
        nint done = 0;
        while (count - done >= width)
        {
            var end = done + (Math.Min(Run, count - done) / width * width);
            var signs = Vector256<TIndex>.Zero;
            for (var i = done; i < end; i += width)
            {
                var k = Vector256.Load(index + i);
                signs |= k | (last - k);
            }

            if (Vector256.LessThanAny(signs, Vector256<TIndex>.Zero)) return done;
            done = end;
        }

        return done;
    }

    /// <summary>The first index in row-major order that is out of range.</summary>
    private static long? FirstWrong<TIndex>(ReadOnlySpan<int> shape, nint size, TIndex* index, ReadOnlySpan<nint> strides)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        Span<int> counter = stackalloc int[shape.Length];
        counter.Clear();
        while (true)
        {
            nint at = 0;
            for (var axis = 0; axis < shape.Length; axis++) at += counter[axis] * strides[axis];
            var k = long.CreateTruncating(index[at]);
            if ((ulong)k >= (ulong)size) return k;
            var place = shape.Length - 1;
            for (; place >= 0 && ++counter[place] == shape[place]; place--) counter[place] = 0;
            if (place < 0) return null;
        }
    }

    private readonly struct GatherJob<T, TIndex>(nint count, nint step, nint columns, T* x, TIndex* index, T* z) : IJob
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        private readonly T* _x = x;
        private readonly TIndex* _index = index;
        private readonly T* _z = z;

        public void Run(int chunk)
        {
            var from = _x;
            var at = _index;
            var to = _z;
            var bytes = columns * sizeof(T);
            var end = Math.Min(count, (chunk + 1) * step);
            if (columns == 1)
            {
                for (var i = chunk * step; i < end; i++) to[i] = from[nint.CreateTruncating(at[i])];
                return;
            }

            for (var i = chunk * step; i < end; i++) Buffer.MemoryCopy(from + (nint.CreateTruncating(at[i]) * columns), to + (i * columns), bytes, bytes);
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
            var from = _g + start;
            var at = _index;
            var to = _z + start;
            var width = Math.Min(step, columns - start);
            if (width == 1)
            {
                for (nint i = 0; i < count; i++)
                {
                    var k = nint.CreateTruncating(at[i]) * columns;
                    to[k] = Scalar<T>.Add(to[k], from[i * columns]);
                }

                return;
            }

            for (nint i = 0; i < count; i++)
            {
                var sum = to + (nint.CreateTruncating(at[i]) * columns);
                Elementwise.BinarySpan(default(AddOperator), width, sum, 1, from + (i * columns), 1, sum);
            }
        }
    }

    private readonly struct GatherBody<T, TIndex>(nint size, T* x, TIndex* index, T* z) : ILineBody
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool Run(nint count, LineRun indexed, nint along, LineRun places, LineRun plain)
        {
            var from = x + indexed.Start;
            var at = index + places.Start;
            var to = z + plain.Start;
            var isRight = true;
            for (nint i = 0; i < count; i++)
            {
                var k = long.CreateTruncating(*at);
                if ((ulong)k < (ulong)size) *to = from[(nint)k * along];
                else isRight = false;
                from += indexed.Step;
                at += places.Step;
                to += plain.Step;
            }

            return isRight;
        }
    }

    private readonly struct CombineBody<T, TIndex, TOp>(TOp op, nint size, T* g, TIndex* index, T* z) : ILineBody
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex> where TOp : struct, IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool Run(nint count, LineRun indexed, nint along, LineRun places, LineRun plain)
        {
            var from = g + plain.Start;
            var at = index + places.Start;
            var to = z + indexed.Start;
            var isRight = true;
            for (nint i = 0; i < count; i++)
            {
                var k = long.CreateTruncating(*at);
                if ((ulong)k < (ulong)size) to[(nint)k * along] = op.Invoke<T, Scalar<T>, T>(to[(nint)k * along], *from);
                else isRight = false;
                from += plain.Step;
                at += places.Step;
                to += indexed.Step;
            }

            return isRight;
        }
    }

    private readonly struct FillBody<T, TIndex>(nint size, T value, TIndex* index, T* z) : ILineBody
        where T : unmanaged where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public bool Run(nint count, LineRun indexed, nint along, LineRun places, LineRun plain)
        {
            for (nint i = 0; i < count; i++)
            {
                var k = long.CreateTruncating(index[places.Start + (i * places.Step)]);
                if ((ulong)k < (ulong)size) z[indexed.Start + (i * indexed.Step) + ((nint)k * along)] = value;
            }

            return true;
        }
    }
}
