namespace Gradus.Kernels;

/// <summary>Binary search in sorted lines.</summary>
internal static unsafe class Searching
{
    private const int Grain = 4096;

    /// <summary>
    /// z = how many elements of the sorted line are below each value (and, for <paramref name="right"/>, equal to it). NaN counts as the greatest.
    /// </summary>
    /// <param name="lines">The number of lines of values.</param>
    /// <param name="size">Elements of a sorted line.</param>
    /// <param name="columns">Values looked for in each line.</param>
    /// <param name="isShared">Whether there is one sorted line for all lines of values.</param>
    /// <param name="right">Whether equal elements count.</param>
    /// <param name="sorted">The sorted lines.</param>
    /// <param name="values">The values, [lines, columns].</param>
    /// <param name="z">The counts, of the same shape.</param>
    public static void Run<T>(nint lines, nint size, nint columns, bool isShared, bool right, T* sorted, T* values, long* z) where T : unmanaged
    {
        var count = lines * columns;
        Workers.Run((int)((count + Grain - 1) / Grain), new Job<T>(count, size, columns, isShared, right, sorted, values, z));
    }

    private readonly struct Job<T>(nint count, nint size, nint columns, bool isShared, bool right, T* sorted, T* values, long* z) : IJob where T : unmanaged
    {
        private readonly T* _sorted = sorted;
        private readonly T* _values = values;
        private readonly long* _z = z;

        public void Run(int chunk)
        {
            var end = Math.Min(count, (chunk + 1) * (nint)Grain);
            for (var i = chunk * (nint)Grain; i < end; i++)
            {
                var line = isShared ? _sorted : _sorted + (i / columns * size);
                var key = SortKey.Of(_values[i]);
                nint low = 0, high = size;
                while (low < high)
                {
                    var middle = low + ((high - low) / 2);
                    var at = SortKey.Of(line[middle]);
                    if (at < key || (right && at == key)) low = middle + 1;
                    else high = middle;
                }

                _z[i] = low;
            }
        }
    }
}
