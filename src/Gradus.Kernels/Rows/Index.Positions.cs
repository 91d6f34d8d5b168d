namespace Gradus.Kernels;

internal static unsafe partial class Index
{
    /// <summary>z[indexᵢ, :] = x[i, :] in the order of i, so that of equal indices the last wins. z is [targetRows, columns].</summary>
    /// <returns>The position of the first index out of range, or −1.</returns>
    public static nint CopyRows<T>(nint count, nint columns, T* x, long* index, T* z, nint targetRows) where T : unmanaged
    {
        var wrong = Wrong(count, targetRows, index);
        if (wrong >= 0) return wrong;
        if (columns == 1)
        {
            for (nint i = 0; i < count; i++) z[index[i]] = x[i];
            return -1;
        }

        // Threads take columns, never indices: each element of z sees its writes in order.
        var step = count * columns <= 2 * Grain ? Math.Max(1, columns) : Math.Max(64, Grain / Math.Max(1, count));
        Workers.Run((int)((columns + step - 1) / step), new CopyJob<T>(count, columns, step, x, index, z));
        return -1;
    }

    /// <summary>zᵢ = indexᵢ, or size + indexᵢ where it is negative and <paramref name="fromEnd"/>.</summary>
    /// <returns>The position of the first index out of range, or −1.</returns>
    public static nint Positions(nint count, long* index, long size, bool fromEnd, long* z)
    {
        for (nint i = 0; i < count; i++)
        {
            var position = fromEnd && index[i] < 0 ? index[i] + size : index[i];
            if ((ulong)position >= (ulong)size) return i;
            z[i] = position;
        }

        return -1;
    }

    /// <summary>Whether all indices are from 0 to size − 1.</summary>
    public static bool AreWithin(nint count, long* index, long size) => Wrong(count, (nint)size, index) < 0;

    /// <summary>The places of the first <paramref name="count"/> bytes that are not 0.</summary>
    public static void NonZero(nint n, byte* x, nint count, long* z)
    {
        nint found = 0;
        for (nint i = 0; found < count && i < n; i++)
        {
            // Written in any case, and kept by moving on: there is no branch to guess.
            z[found] = i;
            found += x[i] != 0 ? 1 : 0;
        }
    }

    /// <summary>From places in row-major order to positions along each axis: z is [count, rank].</summary>
    public static void Unravel(nint count, long* x, ReadOnlySpan<int> shape, long* z)
    {
        for (nint i = 0; i < count; i++)
        {
            var place = x[i];
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                (place, z[(i * shape.Length) + axis]) = Math.DivRem(place, shape[axis]);
            }
        }
    }

    private readonly struct CopyJob<T>(nint count, nint columns, nint step, T* x, long* index, T* z) : IJob where T : unmanaged
    {
        private readonly T* _x = x;
        private readonly long* _index = index;
        private readonly T* _z = z;

        public void Run(int chunk)
        {
            var start = chunk * step;
            var bytes = Math.Min(step, columns - start) * sizeof(T);
            for (nint i = 0; i < count; i++) Buffer.MemoryCopy(_x + (i * columns) + start, _z + ((nint)_index[i] * columns) + start, bytes, bytes);
        }
    }
}
