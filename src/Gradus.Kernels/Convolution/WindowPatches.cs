using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Computes a <see cref="WindowProduct{T}"/> whose sums have few terms and whose target has several channels: a first layer.</summary>
/// <remarks>
/// Some windows at a time are copied term by term (im2col, at most 64 kB of it), and the rows of a product's tile are then channels of the target: a vector
/// that was copied once serves all of them, and a finished tile lies as the target does. The bits are those of the other engines.
/// </remarks>
internal static unsafe class WindowPatches<T, TLanes, TVector>
    where T : unmanaged, INumber<T>
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    private const int MostTerms = 16;
    private const int MostWindows = 1024;

    private static int TileColumns => 2 * TLanes.Count;

    /// <summary>
    /// Whether this engine is the faster one where there are more than a few channels: copying costs as much as the products for two. The windows must cover
    /// the target.
    /// </summary>
    public static bool Fits(in WindowProduct<T> product) =>
        product.Terms is > 0 and <= MostTerms && product is { Horizontal: { TargetFirst: 0, TargetStep: 1 }, Vertical: { TargetFirst: 0, TargetStep: 1 } }
        && product.Horizontal.Count == product.TargetWidth && product.Vertical.Count == product.TargetHeight;

    /// <summary>Computes all sums.</summary>
    public static void Run(in WindowProduct<T> product)
    {
        if (product.Results == 0) return;
        var terms = product.Terms;
        var units = product.Images * product.Groups;
        var plan = new WindowPlan(
            in product.Vertical, in product.Horizontal, product.Height, product.Width, product.Inner, units, 1, sizeof(T),
            WindowTerms.Pitch(in product, 1));
        using var scratch = Buffers.Rent((nint)terms * (sizeof(nint) + ((nint)product.Groups * product.Lanes * sizeof(T))));
        var offsets = (nint*)scratch.Pointer;
        var weights = (T*)(offsets + terms);
        WindowTerms.Gather(in product, in plan, offsets, weights);
        Workers.Run(product.Results * terms, units * plan.Bands, new Job(product, plan, offsets, weights));
    }

    /// <summary>A chunk is a band of rows of one group of one image.</summary>
    private readonly struct Job(WindowProduct<T> product, WindowPlan plan, nint* offsets, T* weights) : IJob
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            int unit = chunk / plan.Bands, top = chunk % plan.Bands * plan.BandRows;
            int rows = Math.Min(plan.BandRows, product.Vertical.Count - top), width = product.Horizontal.Count;
            nint bandElements = product.Inner * plan.Plane, tileElements = TLanes.MaxRows * TileColumns;
            using var scratch = Buffers.Rent((bandElements + tileElements + (product.Terms * (MostWindows + TileColumns))) * sizeof(T));
            var tile = (T*)scratch.Pointer;
            T* patches = tile + tileElements, band = patches + (product.Terms * (MostWindows + TileColumns));
            PaddedBand.Copy(product.Source + ((nint)unit * product.Inner * product.Height * product.Width), product.Inner, product.Height, product.Width,
                product.Vertical.Start + (top * product.Vertical.Step), product.Vertical.Cover(rows),
                product.Horizontal.Start, plan.Pitch, band, plan.Plane, product.Horizontal.Step);
            var together = Math.Max(1, MostWindows / width);
            for (var row = 0; row < rows; row += together)
            {
                var count = Math.Min(together, rows - row);
                for (var column = 0; column < width; column += MostWindows)
                {
                    var columns = Math.Min(MostWindows, width - column);
                    Unfold(band + ((nint)row * product.Vertical.Step * plan.Pitch) + column, count, columns, patches);
                    Multiply(unit, ((nint)(top + row) * product.TargetWidth) + column, count * columns, patches, tile);
                }
            }
        }

        /// <summary>patches[term, window] for some windows of each of some rows.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Unfold(T* source, int rows, int columns, T* patches)
        {
            for (var term = 0; term < product.Terms; term++)
            {
                var to = patches + ((nint)term * (MostWindows + TileColumns));
                var from = (T*)((byte*)source + offsets[term]);
                for (var row = 0; row < rows; row++, to += columns, from += product.Vertical.Step * plan.Pitch) PaddedBand.CopyRow(from, columns, to);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Multiply(int unit, nint place, int windows, T* patches, T* tile)
        {
            int terms = product.Terms, firstChannel = unit % product.Groups * product.Lanes;
            var places = new EvenOffsets(sizeof(T));
            var strips = new Strips(product.Lanes, TLanes.MaxRows);
            for (var column = 0; column < windows; column += TileColumns)
            {
                var columns = Math.Min(TileColumns, windows - column);
                var lane = 0;
                for (var strip = 0; strip < strips.Count; strip++)
                {
                    var lanes = strips.Rows(strip);
                    var channel = firstChannel + lane;
                    var target = product.Target + ((((nint)unit * product.Lanes) + lane) * product.TargetPlane) + place + column;
                    // Where a vector would write past the windows, the tile is computed beside them.
                    var isWhole = columns == TileColumns;
                    T* to = isWhole ? target : tile;
                    var toRow = isWhole ? product.TargetPlane : TileColumns;
                    if (product.Bias != null) Fill(product.Bias + channel, lanes, to, toRow);
                    ProductTiles<T, TLanes, TVector>.Run(lanes, true, weights + ((nint)channel * terms), terms, in places, patches + column,
                        MostWindows + TileColumns, terms, to, toRow, null, product.Bias != null);
                    if (!isWhole) CopyTile(tile, lanes, columns, target, product.TargetPlane);
                    lane += lanes;
                }
            }
        }

        /// <summary>
        /// The bias of each row, to which a tile is then added: a sum has the same bits in either order. Asks for the lines of the next tile.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Fill(T* bias, int rows, T* to, nint pitch)
        {
            for (var row = 0; row < rows; row++, to += pitch)
            {
                var value = TLanes.Broadcast(bias[row]);
                TLanes.Store(value, to);
                TLanes.Store(value, to + TLanes.Count);
                CacheLines.Prefetch(to + TileColumns);
                CacheLines.Prefetch(to + TileColumns + TLanes.Count);
            }
        }

        private static void CopyTile(T* tile, int rows, int columns, T* target, nint pitch)
        {
            for (nint row = 0; row < rows; row++) PaddedBand.CopyRow(tile + (row * TileColumns), columns, target + (row * pitch));
        }
    }
}
