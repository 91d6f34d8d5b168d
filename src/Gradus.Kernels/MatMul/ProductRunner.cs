using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Decides, from the shape alone, how a product is shared among threads, for one vector width.</summary>
internal static unsafe class ProductRunner<T, TLanes, TVector>
    where T : unmanaged, INumber<T>
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    // k is shared among threads where C has too few blocks to share, and is small enough for several of it to be kept.
    private const int FewBlocks = 8;
    private const int ManySegments = 4;
    private const int LargestSplitResult = 1 << 16;
    private const int SlotElements = 1 << 20;

    // B is packed once for all blocks where it would be copied several times; 8 MB of it (1024 columns at k = 2048) leave room in a third-level cache.
    private const long SharedWork = 1L << 28;
    private const int SharedRows = 3;
    private const int SharedBytes = 8 << 20;

    /// <summary>Computes one product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in Product<T> given)
    {
        if (Swaps(in given)) RunUpright(given.Swapped());
        else RunUpright(in given);
    }

    /// <summary>Computes a batch; the product's pointers are moved by the offsets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunBatched(in Product<T> given, ReadOnlySpan<nint> aOffsets, ReadOnlySpan<nint> bOffsets, ReadOnlySpan<nint> cOffsets)
    {
        var batch = cOffsets.Length;
        var swap = Swaps(in given);
        var product = swap ? given.Swapped() : given;
        var grid = new ProductGrid(product.M, product.N, product.K, TLanes.MaxRows, ProductEngine<T, TLanes, TVector>.TileColumns, batch);
        var together = grid.Count > 1 ? 1 : (int)Math.Clamp(ProductGrid.SmallWork / product.Work, 1, batch);
        fixed (nint* a = swap ? bOffsets : aOffsets, b = swap ? aOffsets : bOffsets, c = cOffsets)
        {
            var job = new ProductBatchJob<T, TLanes, TVector>(product, grid, batch, together, a, b, c);
            Workers.Run(checked((((batch - 1) / together) + 1) * grid.Count), in job, isLight: product.Work * batch < ProductGrid.WakingWork);
        }
    }

    /// <summary>A narrow result is computed transposed: one column would use one lane of every vector.</summary>
    private static bool Swaps(in Product<T> product) => product.N <= TLanes.Count / 2 && product.M > product.N;

    private static void RunUpright(in Product<T> product)
    {
        if (product.Work < ProductGrid.SmallWork)
        {
            ProductEngine<T, TLanes, TVector>.Run(in product, new ProductBlock(0, product.M, 0, product.N));
            return;
        }

        var grid = new ProductGrid(product.M, product.N, product.K, TLanes.MaxRows, ProductEngine<T, TLanes, TVector>.TileColumns);
        if (grid.Count < FewBlocks && (long)product.M * product.N <= LargestSplitResult && new ProductSegments(product.K).Count >= ManySegments)
        {
            RunSplit(in product, in grid);
            return;
        }

        if (product.Work >= SharedWork && grid.Down >= SharedRows) RunShared(in product);
        else RunBlocks(in product, in grid);
    }

    private static void RunBlocks(in Product<T> product, in ProductGrid grid)
    {
        nint zero = 0;
        var job = new ProductBatchJob<T, TLanes, TVector>(product, grid, 1, 1, &zero, &zero, &zero);
        Workers.Run(grid.Count, in job, isLight: product.Work < ProductGrid.WakingWork);
    }

    /// <summary>Packs B, as many columns of it at a time as may be kept, then computes the blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunShared(in Product<T> product)
    {
        var most = ProductPanels<T, TLanes, TVector>.ColumnsIn(SharedBytes / sizeof(T), product.K);
        for (var column = 0; column < product.N; column += most)
        {
            var part = product;
            part.N = Math.Min(most, product.N - column);
            part.B += column * product.BCol;
            part.C = product.C.At(0, column);
            using var scratch = Buffers.Rent(ProductPanels<T, TLanes, TVector>.Length(part.K, part.N) * sizeof(T));
            part.PackedB = (T*)scratch.Pointer;
            ProductPanels<T, TLanes, TVector>.Pack(in part);
            var grid = new ProductGrid(part.M, part.N, part.K, TLanes.MaxRows, ProductEngine<T, TLanes, TVector>.TileColumns, packed: true);
            RunBlocks(in part, in grid);
        }
    }

    /// <summary>Shares the segments of k, a round of them at a time; slot 0 carries the sum from round to round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunSplit(in Product<T> product, in ProductGrid grid)
    {
        var segments = new ProductSegments(product.K);
        var size = (nint)product.M * product.N;
        var slots = (int)Math.Clamp(SlotElements / size, 16, 64);
        slots = Math.Min(slots, segments.Count);
        using var scratch = Buffers.Rent(slots * size * sizeof(T));
        var sum = (T*)scratch.Pointer;
        for (var next = 0; next < segments.Count;)
        {
            var carried = next == 0 ? 0 : 1;
            var round = Math.Min(slots - carried, segments.Count - next);
            var job = new ProductSegmentJob<T, TLanes, TVector>(product, grid, next, sum + (carried * size));
            Workers.Run(round * grid.Count, in job);
            AddSlots(sum, size, carried + round);
            next += round;
        }

        ProductEngine<T, TLanes, TVector>.Finish(sum, product.N, product.M, product.N, in product.C);
    }

    /// <summary>slot 0 = ((slot 0 + slot 1) + slot 2) + …</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSlots(T* slots, nint size, int count)
    {
        nint i = 0;
        for (; i + TLanes.Count <= size; i += TLanes.Count)
        {
            var value = TLanes.Load(slots + i);
            for (var slot = 1; slot < count; slot++) value = TLanes.Add(value, TLanes.Load(slots + (slot * size) + i));
            TLanes.Store(value, slots + i);
        }

        for (; i < size; i++)
        {
            for (var slot = 1; slot < count; slot++) slots[i] += slots[(slot * size) + i];
        }
    }
}
