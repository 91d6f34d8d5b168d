using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>
/// Sorting the lines along the middle axis of a contiguous [planes, size, columns] array. Equal elements keep their order; NaN counts as the greatest.
/// </summary>
internal static unsafe class Sorting
{
    private const int Grain = 16384;

    // Up to here moving neighbors beats counting digits.
    private const int ShortLine = 48;

    /// <summary>The first <paramref name="count"/> elements of each sorted line, and where they were.</summary>
    /// <param name="planes">The number of positions along the axes before that of the lines.</param>
    /// <param name="size">Elements of a line.</param>
    /// <param name="columns">The number of positions along the axes after it.</param>
    /// <param name="count">How many of each line are wanted, from 0 to <paramref name="size"/>.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    /// <param name="x">The elements.</param>
    /// <param name="values">The elements that are wanted, [planes, count, columns].</param>
    /// <param name="index">Their positions along the line, of the same shape.</param>
    public static void Run<T>(nint planes, int size, nint columns, int count, bool descending, T* x, T* values, long* index) where T : unmanaged
    {
        var lines = planes * columns;
        if (count == 0 || lines == 0) return;
        var step = Math.Max(1, Grain / size);
        Workers.Run((int)((lines + step - 1) / step), new Job<T>(lines, step, size, columns, count, descending, x, values, index));
    }

    private readonly struct Job<T>(nint lines, nint step, int size, nint columns, int count, bool descending, T* x, T* values, long* index) : IJob
        where T : unmanaged
    {
        private readonly T* _x = x;
        private readonly T* _values = values;
        private readonly long* _index = index;

        public void Run(int chunk)
        {
            using var keyMemory = Buffers.Rent((nint)size * sizeof(ulong));
            using var placeMemory = Buffers.Rent((nint)size * sizeof(int));
            using var otherKeys = Buffers.Rent((nint)size * sizeof(ulong));
            using var otherPlaces = Buffers.Rent((nint)size * sizeof(int));
            var end = Math.Min(lines, (chunk + 1) * step);
            for (var line = chunk * step; line < end; line++)
            {
                var (plane, column) = Math.DivRem(line, columns);
                var from = _x + (plane * size * columns) + column;
                var sorted = new Entries((ulong*)keyMemory.Pointer, (int*)placeMemory.Pointer);
                Read(from, sorted);
                // Few of many: a heap of those few refuses nearly every element at one comparison.
                if (count <= size / 8) Select(sorted);
                else if (size <= ShortLine) Insert(sorted);
                else sorted = Distribute(sorted, new Entries((ulong*)otherKeys.Pointer, (int*)otherPlaces.Pointer));

                var to = (plane * count * columns) + column;
                for (nint i = 0; i < count; i++)
                {
                    _values[to + (i * columns)] = from[sorted.Places[i] * columns];
                    _index[to + (i * columns)] = sorted.Places[i];
                }
            }
        }

        private void Read(T* from, Entries to)
        {
            var flip = descending ? ulong.MaxValue : 0;
            for (var i = 0; i < size; i++)
            {
                to.Keys[i] = SortKey.Of(from[i * columns]) ^ flip;
                to.Places[i] = i;
            }
        }

        private void Insert(Entries line)
        {
            for (var i = 1; i < size; i++)
            {
                var (key, place) = line[i];
                var hole = i;
                for (; hole > 0 && line.Keys[hole - 1] > key; hole--) line[hole] = line[hole - 1];
                line[hole] = (key, place);
            }
        }

        /// <summary>
        /// Digit by digit of eight bits, from the least: each pass keeps the order of the passes before. Digits that are the same everywhere are left out.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private Entries Distribute(Entries from, Entries to)
        {
            ulong differ = 0;
            for (var i = 1; i < size; i++) differ |= from.Keys[i] ^ from.Keys[0];
            var starts = stackalloc int[256];
            for (var shift = 0; shift < 64; shift += 8)
            {
                if ((byte)(differ >> shift) == 0) continue;
                new Span<int>(starts, 256).Clear();
                for (var i = 0; i < size; i++) starts[(byte)(from.Keys[i] >> shift)]++;
                var start = 0;
                for (var digit = 0; digit < 256; digit++) (starts[digit], start) = (start, start + starts[digit]);
                for (var i = 0; i < size; i++) to[starts[(byte)(from.Keys[i] >> shift)]++] = from[i];
                (from, to) = (to, from);
            }

            return from;
        }

        /// <summary>
        /// Brings the first of the sorted line to its front: a heap with the last of them on top, in place of which each that comes before it goes.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Select(Entries line)
        {
            for (var i = (count / 2) - 1; i >= 0; i--) Sink(line, i, count);
            for (var i = count; i < size; i++)
            {
                // A later element of the same key comes after it, so only a smaller key displaces.
                if (line.Keys[i] >= line.Keys[0]) continue;
                line[0] = line[i];
                Sink(line, 0, count);
            }

            for (var last = count - 1; last > 0; last--)
            {
                (line[0], line[last]) = (line[last], line[0]);
                Sink(line, 0, last);
            }
        }

        private static void Sink(Entries heap, int at, int length)
        {
            var moving = heap[at];
            while (true)
            {
                var child = (2 * at) + 1;
                if (child >= length) break;
                if (child + 1 < length && IsAfter(heap[child + 1], heap[child])) child++;
                if (!IsAfter(heap[child], moving)) break;
                heap[at] = heap[child];
                at = child;
            }

            heap[at] = moving;
        }

        private static bool IsAfter((ulong Key, int Place) x, (ulong Key, int Place) y) => x.Key > y.Key || (x.Key == y.Key && x.Place > y.Place);
    }

    /// <summary>The keys of a line and where each came from, in two arrays: passes that look at keys alone read less.</summary>
    private readonly struct Entries(ulong* keys, int* places)
    {
        public readonly ulong* Keys = keys;
        public readonly int* Places = places;

        public (ulong Key, int Place) this[int i]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => (Keys[i], Places[i]);
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            set => (Keys[i], Places[i]) = value;
        }
    }
}
