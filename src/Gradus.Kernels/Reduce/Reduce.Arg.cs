using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

internal static unsafe partial class Reduce
{
    /// <summary>
    /// The index of the greatest element along one axis, and its value when <paramref name="value"/> is not null. The first of equals; the first NaN wins.
    /// </summary>
    public static void ArgMax<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, int axis, T* value, long* index) where T : unmanaged =>
        Arg<T, MaxReduction>(shape, x, xs, axis, value, index);

    /// <summary>
    /// The index of the least element along one axis, and its value when <paramref name="value"/> is not null. The first of equals; the first NaN wins.
    /// </summary>
    public static void ArgMin<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, int axis, T* value, long* index) where T : unmanaged =>
        Arg<T, MinReduction>(shape, x, xs, axis, value, index);

    private static void Arg<T, TReduction>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, int axis, T* value, long* index)
        where T : unmanaged where TReduction : struct, IReduction
    {
        Span<bool> reduced = stackalloc bool[shape.Length];
        reduced.Clear();
        reduced[axis] = true;
        var kept = Kept<T>(shape, xs, reduced, sizeof(long));
        var columns = kept.Rank > 0 && kept.Strides(kept.Rank - 1).First == sizeof(T) && xs[axis] != 1;
        var grain = PowerOfTwoBelow(Grain / Math.Clamp(shape[axis], 1, Grain));
        kept.Walk(new ArgBody<T, TReduction>(index, value, shape[axis], xs[axis], columns), Operands.At(index, x), grain);
    }

    private readonly struct ArgBody<T, TReduction>(long* first, T* values, nint length, nint stride, bool columns) : INestBody
        where T : unmanaged where TReduction : struct, IReduction
    {
        private const int Tile = 64;

        public void Run(NestRows* rows)
        {
            var at = rows->Start;
            for (nint row = 0; row < rows->Count; row++, at.Move(1, rows->Step)) Row(rows->Length, at, rows->Strides);
        }

        private void Row(nint count, Operands at, Operands strides)
        {
            var index = (long*)at.Output;
            var value = values == null ? null : values + (index - first);
            if (columns && count > 1)
            {
                for (nint column = 0; column < count; column += Tile)
                {
                    Columns((T*)at.First + column, (int)Math.Min(Tile, count - column), value == null ? null : value + column, index + column);
                }
            }
            else
            {
                for (nint i = 0; i < count; i++)
                {
                    var best = One((T*)(at.First + (i * strides.First)), index + i);
                    if (value != null) value[i] = best;
                }
            }
        }

        /// <summary>Block by block: the extreme at vector speed, then where it first stands if it is better than what came before.</summary>
        private T One(T* x, long* index)
        {
            var block = stackalloc T[Fold.Block];
            T best = default;
            *index = 0;
            for (nint start = 0; start < length; start += Fold.Block)
            {
                var count = (int)Math.Min(Fold.Block, length - start);
                var from = Strided.Gather(x + (start * stride), stride, count, block);
                var extreme = Fold.OneBlock<T, TReduction>(from, count);
                if (start > 0 && !Better(best, extreme)) continue;
                var at = IndexOf(from, count, extreme);
                best = from[at];
                *index = start + at;
            }

            return best;
        }

        /// <summary>Where an element equal to <paramref name="sought"/> first stands among those of a block, of which it is one.</summary>
        private static int IndexOf(T* x, int count, T sought)
        {
            // Equal numbers have equal bits, but for zeros and NaN; the platform's search for bits runs at vector speed.
            var isNumber = typeof(T) == typeof(float) || typeof(T) == typeof(double);
            if (isNumber && (IsNaN(sought) || Same(sought, default)))
            {
                var at = 0;
                while (at < count - 1 && !Same(x[at], sought)) at++;
                return at;
            }

            if (sizeof(T) == 1) return new ReadOnlySpan<byte>(x, count).IndexOf(Unsafe.BitCast<T, byte>(sought));
            if (sizeof(T) == 4) return new ReadOnlySpan<int>(x, count).IndexOf(Unsafe.BitCast<T, int>(sought));
            return new ReadOnlySpan<long>(x, count).IndexOf(Unsafe.BitCast<T, long>(sought));
        }

        /// <summary>Results side by side: rows are read in the order of memory.</summary>
        private void Columns(T* x, int width, T* value, long* index)
        {
            var best = stackalloc T[Tile];
            new Span<T>(x, width).CopyTo(new Span<T>(best, width));
            new Span<long>(index, width).Clear();
            for (nint row = 1; row < length; row++)
            {
                var from = x + (row * stride);
                for (var column = 0; column < width; column++)
                {
                    if (!Better(best[column], from[column])) continue;
                    best[column] = from[column];
                    index[column] = row;
                }
            }

            if (value != null) new Span<T>(best, width).CopyTo(new Span<T>(value, width));
        }

        /// <summary>Whether the later element displaces the best so far: strictly better, or the first NaN.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool Better(T best, T later)
        {
            if (IsNaN(best)) return false;
            return IsNaN(later) || (!Same(best, later) && Same(TReduction.Combine<T, Scalar<T>, T>(best, later), later));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool Same(T a, T b)
        {
            if (typeof(T) == typeof(float)) return Unsafe.BitCast<T, float>(a) == Unsafe.BitCast<T, float>(b) || (IsNaN(a) && IsNaN(b));
            if (typeof(T) == typeof(double)) return Unsafe.BitCast<T, double>(a) == Unsafe.BitCast<T, double>(b) || (IsNaN(a) && IsNaN(b));
            if (typeof(T) == typeof(long)) return Unsafe.BitCast<T, long>(a) == Unsafe.BitCast<T, long>(b);
            if (typeof(T) == typeof(int)) return Unsafe.BitCast<T, int>(a) == Unsafe.BitCast<T, int>(b);
            return Unsafe.BitCast<T, byte>(a) == Unsafe.BitCast<T, byte>(b);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool IsNaN(T a) =>
            typeof(T) == typeof(float) ? float.IsNaN(Unsafe.BitCast<T, float>(a)) : typeof(T) == typeof(double) && double.IsNaN(Unsafe.BitCast<T, double>(a));
    }
}
