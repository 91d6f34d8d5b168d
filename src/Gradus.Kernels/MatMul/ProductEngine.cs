using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Computes blocks of a product: packs what is worth packing and runs the tiles.</summary>
internal static unsafe class ProductEngine<T, TLanes, TVector>
    where T : unmanaged, INumber<T>
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    // Two vectors of columns, up to 12 rows.
    private const int TileBytes = 12 * 2 * 64;

    // Panels of B that are packed at a time.
    private const int GroupPanels = 4;

    // An operand is read where it lies if that is cheap. B: contiguous rows, read by few strips. A: read for few columns. Both: lines shorter than a page,
    // since with longer ones a strip's cache lines fall into too few sets. Measured, best of many, as a share of one core's peak: n = 256 read in place
    // 100 %, only A packed 96 %, both packed 92 %; 512 × 784 × 64 (A transposed) 93 % against 88 % with A packed. But reading B in place by 15 strips
    // (n = 1000) halves the speed.
    private const int DirectRows = 144;
    private const int DirectColumns = 256;
    private const int DirectStride = 4096;

    /// <summary>Columns of a whole tile.</summary>
    public static int TileColumns => 2 * TLanes.Count;

    /// <summary>Computes a block over all of k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in Product<T> product, ProductBlock block)
    {
        var segments = new ProductSegments(product.K);
        var target = product.C.At(block.Row, block.Column);
        if (!product.C.Accumulate || segments.Count == 1)
        {
            RunSegments(in product, in segments, block, in target);
            return;
        }

        // stored + (segment 0 + segment 1 + …): the sum in the brackets needs a place of its own.
        using var scratch = Buffers.Rent((nint)block.Rows * block.Columns * sizeof(T));
        var sum = new ProductTarget<T> { Values = (T*)scratch.Pointer, Row = block.Columns, Col = 1 };
        RunSegments(in product, in segments, block, in sum);
        Finish(sum.Values, sum.Row, block.Rows, block.Columns, in target);
    }

    /// <summary>Computes a block's share of one segment and stores it in, or adds it to, the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunSegment(in Product<T> product, int start, int steps, ProductBlock block, in ProductTarget<T> target)
    {
        var width = TileColumns;
        var strips = new Strips(block.Rows, TLanes.MaxRows);
        // Few rows would read a packed panel of B hardly more than once: where it needs a transposition, that is done in registers instead.
        var few = product.BRow == 1 && product.BCol != 1 && ProductFewRows<T, TLanes, TVector>.Suits(block.Rows, steps)
            ? block.Columns / TLanes.Count * TLanes.Count
            : 0;
        var packA = few == 0 && block.Columns > 2 * width &&
            (block.Columns > DirectColumns || LongStride(Math.Max(Math.Abs(product.ARow), Math.Abs(product.ACol))));
        var packB = product.PackedB == null && (product.BCol != 1 || (strips.Count > 2 && (block.Rows > DirectRows || LongStride(Math.Abs(product.BRow)))));
        var group = Math.Min(GroupPanels * width, block.Columns + width - 1);
        var bytesB = product.PackedB == null ? (nint)steps * group * sizeof(T) : 0;
        using var scratch = Buffers.Rent(TileBytes + bytesB + ((packA ? (nint)block.Rows * steps : (nint)block.Rows * few) * sizeof(T)));
        var tile = (T*)scratch.Pointer;
        var packedB = (T*)(scratch.Pointer + TileBytes);
        var a = product.A + (block.Row * product.ARow) + (start * product.ACol);
        nint aRow = product.ARow, aCol = product.ACol;
        if (packA)
        {
            var packedA = (T*)((byte*)packedB + bytesB);
            ProductPacking<T>.PackPanels(a, aRow, aCol, in strips, steps, packedA);
            a = packedA;
        }

        if (few > 0)
        {
            var sums = (T*)((byte*)packedB + bytesB);
            ProductFewRows<T, TLanes, TVector>.Run(
                block.Rows, a, aRow, aCol, product.B + start + (block.Column * product.BCol), product.BCol, steps, sums, few);
            Finish(sums, few, block.Rows, few, in target);
        }

        for (var column = few; column < block.Columns; column += width)
        {
            var columns = Math.Min(width, block.Columns - column);
            var two = columns > TLanes.Count;
            var pitch = two ? width : TLanes.Count;
            var b = product.B + (start * product.BRow) + ((block.Column + column) * product.BCol);
            var bRow = product.BRow;
            if (product.PackedB != null)
            {
                b = ProductPanels<T, TLanes, TVector>.Panel(product.PackedB, product.N, start, steps, block.Column + column);
                bRow = width;
            }
            else if (packB)
            {
                var inGroup = (column - few) % (GroupPanels * width);
                if (inGroup == 0) PackColumns(b, product.BCol, bRow, Math.Min(GroupPanels * width, block.Columns - column), steps, packedB, TLanes.Count);
                b = packedB + ((nint)inGroup * steps);
                bRow = pitch;
            }
            else if (columns != pitch)
            {
                ProductPacking<T>.Pack(b, product.BCol, bRow, columns, steps, packedB, pitch);
                b = packedB;
                bRow = pitch;
            }

            var direct = columns == pitch && target.Col == 1 && (target.Bias == null || target.BiasCol == 1);
            var row = 0;
            for (var strip = 0; strip < strips.Count; strip++)
            {
                var rows = strips.Rows(strip);
                var stripA = packA ? a + ((nint)row * steps) : a + (row * aRow);
                var stripRow = packA ? 1 : aRow;
                var places = new EvenOffsets((packA ? rows : aCol) * sizeof(T));
                if (direct)
                {
                    var bias = target.Bias == null ? null : target.Bias + column;
                    var c = target.Values + (row * target.Row) + column;
                    if (target.Accumulate) Prefetch(c, target.Row, rows, two);
                    ProductTiles<T, TLanes, TVector>.Run(
                        rows, two, stripA, stripRow, in places, b, bRow, steps, c, target.Row, bias, target.Accumulate);
                }
                else
                {
                    ProductTiles<T, TLanes, TVector>.Run(rows, two, stripA, stripRow, in places, b, bRow, steps, tile, pitch, null, false);
                    Finish(tile, pitch, rows, columns, target.At(row, column));
                }

                row += rows;
            }
        }
    }

    /// <summary>target = sum, or stored + sum; then + bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Finish(T* sum, nint sumRow, int rows, int columns, in ProductTarget<T> target)
    {
        for (var row = 0; row < rows; row++)
        {
            var from = sum + (row * sumRow);
            var to = target.Values + (row * target.Row);
            var bias = target.Bias == null ? null : target.Bias + (row * target.BiasRow);
            var column = 0;
            if (target.Col == 1 && (bias == null || target.BiasCol == 1))
            {
                for (; column + TLanes.Count <= columns; column += TLanes.Count, to += TLanes.Count)
                {
                    var value = TLanes.Load(from + column);
                    if (target.Accumulate) value = TLanes.Add(TLanes.Load(to), value);
                    if (bias != null) value = TLanes.Add(value, TLanes.Load(bias + column));
                    TLanes.Store(value, to);
                }
            }

            for (; column < columns; column++)
            {
                var value = from[column];
                if (target.Accumulate) value = *to + value;
                if (bias != null) value += bias[column * target.BiasCol];
                *to = value;
                to += target.Col;
            }
        }
    }

    /// <summary>Packs columns of B panel by panel; a last one that fits into one vector lies at <paramref name="lastPitch"/>.</summary>
    public static void PackColumns(T* b, nint bCol, nint bRow, int columns, int steps, T* packed, int lastPitch)
    {
        var whole = columns / TileColumns;
        ProductPacking<T>.PackPanels(b, bCol, bRow, new Strips(whole * TileColumns, TileColumns), steps, packed);
        var rest = columns - (whole * TileColumns);
        if (rest == 0) return;
        nint done = whole * TileColumns;
        ProductPacking<T>.Pack(b + (done * bCol), bCol, bRow, rest, steps, packed + (done * steps), rest > TLanes.Count ? TileColumns : lastPitch);
    }

    private static void RunSegments(in Product<T> product, in ProductSegments segments, ProductBlock block, in ProductTarget<T> target)
    {
        var part = target;
        part.Bias = null;
        for (var segment = 0; segment < segments.Count; segment++)
        {
            if (segment > 0) part.Accumulate = true;
            if (segment == segments.Count - 1) part.Bias = target.Bias;
            RunSegment(in product, segments.Start(segment), segments.Length(segment), block, in part);
        }
    }

    /// <summary>The rows of C arrive while the chain is computed (n = 1024, medians on a busy machine: 61 to 68 % of the peak).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(T* c, nint cRow, int rows, bool two)
    {
        for (; rows > 0; rows--, c += cRow)
        {
            CacheLines.Prefetch(c);
            if (two) CacheLines.Prefetch(c + TLanes.Count);
        }
    }

    private static bool LongStride(nint elements) => elements * sizeof(T) >= DirectStride;
}
