using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gradus.Kernels;

/// <summary>Reductions over any set of axes of a strided operand. The result is contiguous over the kept axes in their order.</summary>
/// <remarks>
/// The order of combining follows the row-major index over the reduced axes and nothing else (<see cref="Fold"/>): a result depends on the values and their
/// number, not on strides, threads, vector width, or on how many other results are computed with it.
/// </remarks>
[SkipLocalsInit]
internal static unsafe partial class Reduce
{
    private const int Grain = 32768;

    /// <summary>
    /// Bytes of a row of a tile, of which half at a time are summed in registers. 1000 × 1000 along axis 0: 35 µs, and 38 to 46 with 512 bytes, which are too
    /// short a run of lines to be fetched ahead.
    /// </summary>
    private const int TileBytes = 1024;

    /// <summary>z = Σ x. Accumulated in the type of x; for integers and bool see the overload that widens.</summary>
    public static void Sum<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, T* z) where T : unmanaged =>
        Run<T, T, SumReduction>(shape, x, xs, reduced, z);

    /// <summary>z = Σ x for int, long and bool operands, accumulated in 64 bits.</summary>
    public static void SumToLong<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, long* z) where T : unmanaged =>
        Run<T, long, SumReduction>(shape, x, xs, reduced, z);

    /// <summary>z = Π x.</summary>
    public static void Prod<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, T* z) where T : unmanaged =>
        Run<T, T, ProdReduction>(shape, x, xs, reduced, z);

    /// <summary>z = Π x for int, long and bool operands, accumulated in 64 bits.</summary>
    public static void ProdToLong<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, long* z) where T : unmanaged =>
        Run<T, long, ProdReduction>(shape, x, xs, reduced, z);

    /// <summary>z = max x; NaN wins. Over nothing: −∞ or the smallest integer.</summary>
    public static void Max<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, T* z) where T : unmanaged =>
        Run<T, T, MaxReduction>(shape, x, xs, reduced, z);

    /// <summary>z = min x; NaN wins. Over nothing: +∞ or the greatest integer.</summary>
    public static void Min<T>(ReadOnlySpan<int> shape, T* x, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, T* z) where T : unmanaged =>
        Run<T, T, MinReduction>(shape, x, xs, reduced, z);

    /// <summary>z = 1 if any byte is 1; 0 over nothing.</summary>
    public static void Any(ReadOnlySpan<int> shape, byte* x, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, byte* z) =>
        Run<byte, byte, AnyReduction>(shape, x, xs, reduced, z);

    /// <summary>z = 1 if all bytes are 1; 1 over nothing.</summary>
    public static void All(ReadOnlySpan<int> shape, byte* x, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, byte* z) =>
        Run<byte, byte, AllReduction>(shape, x, xs, reduced, z);

    private static void Run<TFrom, T, TReduction>(ReadOnlySpan<int> shape, TFrom* x, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, T* z)
        where TFrom : unmanaged where T : unmanaged where TReduction : struct, IReduction
    {
        if (typeof(TFrom) == typeof(T) && IsWhole(shape, xs, reduced, out var whole))
        {
            *z = Fold.Run<T, TReduction>((T*)x, whole);
            return;
        }

        var line = Line.Of(shape, xs, reduced);
        var kept = Kept<TFrom>(shape, xs, reduced, sizeof(T));
        if (line.Length == 0)
        {
            Elementwise.Fill(TReduction.Identity<T>(), kept.Count, z);
            return;
        }

        // Columns run side by side where neighboring results come from neighboring elements and the line itself is strided.
        var columns = typeof(TFrom) == typeof(T) && kept.Rank > 0 && kept.Strides(kept.Rank - 1).First == sizeof(T) && line.Step != 1;
        var body = new Body<TFrom, T, TReduction>(&line, 0, line.Length, columns);
        var grain = PowerOfTwoBelow(Grain / Math.Min(line.Length, Grain));
        if (columns) grain = Math.Max(grain, TileBytes / sizeof(T));
        if (kept.Count * line.Length <= 2 * Grain || kept.Count >= 8 * grain || line.Length <= 2 * Fold.Block)
        {
            kept.Walk(body, Operands.At(z, x), grain);
            return;
        }

        // Few results, each from many elements: the line is cut into runs of 2ᵏ blocks, which are whole subtrees of the fixed tree.
        var length = (nint)Fold.Block;
        while ((length * kept.Count < Grain || line.Length / length > 1024) && length < line.Length) length *= 2;
        var chunks = (int)((line.Length + length - 1) / length);
        var partial = (T*)NativeMemory.Alloc((nuint)(chunks + Pairwise<T, TReduction>.Levels(line.Length)) * (nuint)kept.Count * (nuint)sizeof(T));
        try
        {
            Workers.Run(chunks, new Cut<TFrom, T, TReduction>(&kept, &line, x, partial, length, columns, grain));
            var tree = new Pairwise<T, TReduction>(partial + (chunks * kept.Count), kept.Count);
            for (var chunk = 0; chunk < chunks; chunk++) tree.Push(partial + (chunk * kept.Count));
            Elementwise.Copy(kept.Count, tree.Finish(), z);
        }
        finally
        {
            NativeMemory.Free(partial);
        }
    }

    /// <summary>Whether everything is reduced, contiguous and small: the path of a loss, which pays for no plan.</summary>
    private static bool IsWhole(ReadOnlySpan<int> shape, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, out nint count)
    {
        count = 1;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (!reduced[axis] || xs[axis] != count) return false;
            count *= shape[axis];
        }

        return count <= 2 * Grain;
    }

    /// <summary>The nest over the kept axes: operand 0 the contiguous result, operand 1 the source.</summary>
    private static Nest Kept<TFrom>(ReadOnlySpan<int> shape, ReadOnlySpan<nint> xs, ReadOnlySpan<bool> reduced, int size) where TFrom : unmanaged
    {
        Span<int> sizes = stackalloc int[shape.Length];
        Span<nint> from = stackalloc nint[shape.Length];
        Span<nint> to = stackalloc nint[shape.Length];
        var rank = 0;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (reduced[axis]) continue;
            sizes[rank] = shape[axis];
            from[rank++] = xs[axis];
        }

        nint stride = 1;
        for (var axis = rank - 1; axis >= 0; axis--)
        {
            to[axis] = stride;
            stride *= sizes[axis];
        }

        return Nest.Of(sizes[..rank], to[..rank], size, from[..rank], sizeof(TFrom));
    }

    private static nint PowerOfTwoBelow(nint value) => (nint)1 << BitOperations.Log2((ulong)Math.Max(1, value));

    /// <summary>Reduces elements start … end of the line for each of a run of results.</summary>
    private readonly struct Body<TFrom, T, TReduction>(Line* line, nint start, nint end, bool columns) : INestBody
        where TFrom : unmanaged where T : unmanaged where TReduction : struct, IReduction
    {
        public void Run(NestRows* rows)
        {
            var at = rows->Start;
            for (nint row = 0; row < rows->Count; row++, at.Move(1, rows->Step)) Row(rows->Length, at, rows->Strides);
        }

        private void Row(nint count, Operands at, Operands strides)
        {
            if (columns && count > 1)
            {
                for (nint column = 0; column < count; column += TileBytes / sizeof(T))
                {
                    Tile((T*)at.First + column, (int)Math.Min(TileBytes / sizeof(T), count - column), (T*)at.Output + column);
                }
            }
            else if (typeof(TFrom) == typeof(T) && line->IsUniform && line->Step == 1)
            {
                for (nint i = 0; i < count; i++) ((T*)at.Output)[i] = Fold.Run<T, TReduction>((T*)(at.First + (i * strides.First)) + start, end - start);
            }
            else
            {
                for (nint i = 0; i < count; i++) ((T*)at.Output)[i] = One((TFrom*)(at.First + (i * strides.First)));
            }
        }

        private T One(TFrom* x)
        {
            var block = stackalloc TFrom[Fold.Block];
            var wide = stackalloc T[typeof(TFrom) == typeof(T) ? 1 : Fold.Block];
            var memory = stackalloc T[Pairwise<T, TReduction>.Levels(end - start)];
            var tree = new Pairwise<T, TReduction>(memory, 1);
            for (var from = start; from < end; from += Fold.Block)
            {
                var count = (int)Math.Min(Fold.Block, end - from);
                var elements = line->Read(x, from, count, block);
                if (typeof(TFrom) != typeof(T)) Elementwise.ConvertSpan(count, elements, wide);
                var part = Fold.OneBlock<T, TReduction>(typeof(TFrom) == typeof(T) ? (T*)elements : wide, count);
                tree.Push(&part);
            }

            return *tree.Finish();
        }

        /// <summary>A tile of results side by side.</summary>
        private void Tile(T* x, int width, T* z)
        {
            var isAdjacent = line->IsUniform && line->Step == width && width * sizeof(T) < 64;
            var rows = stackalloc T[(isAdjacent ? Fold.Lanes : FoldColumns.Levels) * width];
            var memory = stackalloc T[Pairwise<T, TReduction>.Levels(end - start) * width];
            var tree = new Pairwise<T, TReduction>(memory, width);
            for (var from = start; from < end; from += Fold.Block)
            {
                var count = (int)Math.Min(Fold.Block, end - from);
                if (isAdjacent) FoldColumns.OneBlockOfAdjacent<T, TReduction>(x + (from * width), count, width, rows);
                else FoldColumns.OneBlock<T, TReduction>(x, line, from, count, width, rows);
                tree.Push(rows);
            }

            Buffer.MemoryCopy(tree.Finish(), z, width * sizeof(T), width * sizeof(T));
        }
    }

    private readonly struct Cut<TFrom, T, TReduction>(Nest* kept, Line* line, TFrom* x, T* partial, nint length, bool columns, nint grain) : IJob
        where TFrom : unmanaged where T : unmanaged where TReduction : struct, IReduction
    {
        private readonly Nest* _kept = kept;
        private readonly Line* _line = line;
        private readonly TFrom* _x = x;
        private readonly T* _partial = partial;

        public void Run(int chunk)
        {
            var at = Operands.At(_partial + (chunk * _kept->Count), _x);
            var start = chunk * length;
            _kept->Walk(new Body<TFrom, T, TReduction>(_line, start, Math.Min(start + length, _line->Length), columns), at, grain);
        }
    }
}
