using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The gradient of a convolution's weights, for one vector width.</summary>
/// <remarks>
/// The lanes of a vector are filters, the rows of a tile channels (or columns of the kernel), and the terms the places of the output, which read the padded
/// image in place through the table of offsets. The gradient is packed once for all taps.
/// </remarks>
internal static unsafe class WeightGradientEngine<T, TLanes, TVector>
    where T : unmanaged, INumber<T>
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    private static int TileColumns => WindowEngine<T, TLanes, TVector>.TileColumns;

    /// <summary>Computes dw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ConvShape shape, T* x, T* gradient, T* dw)
    {
        var size = (nint)shape.Filters * shape.FilterSize;
        if (size == 0) return;
        var plan = new WeightGradientPlan(in shape, TileColumns, sizeof(T));
        nint width = shape.OutWidth, steps = plan.BandRows * width;
        var offsetBytes = ((steps * sizeof(nint)) + 63) & -64;
        var block = (nint)shape.FilterSize * TileColumns;
        var units = shape.Groups * plan.Panels;
        using var scratch = Buffers.Rent(offsetBytes + (plan.Shares * units * block * sizeof(T)));
        var offsets = (nint*)scratch.Pointer;
        for (nint step = 0; step < steps; step++)
        {
            offsets[step] = ((step / width * plan.Vertical.Step * plan.Pitch) + (step % width * plan.Horizontal.Step)) * sizeof(T);
        }

        var partials = (T*)(scratch.Pointer + offsetBytes);
        var job = new Job(shape, plan, offsets, x, gradient, partials);
        Workers.Run(shape.Work, plan.Shares * shape.Groups * plan.Parts, in job);
        var combine = new CombineJob(shape, plan, partials, dw);
        Workers.Run(plan.Shares * size, units, in combine);
    }

    /// <summary>The place of a tap in a panel of partial sums, in which the rows of a tile lie side by side.</summary>
    private static nint Row(in ConvShape shape, bool byColumns, int channel, int tap) =>
        byColumns ? ((nint)channel * shape.Taps) + tap : ((nint)tap * shape.GroupChannels) + channel;

    /// <summary>A chunk is one share of the batch, for some or all of a group's filters.</summary>
    private readonly struct Job(ConvShape shape, WeightGradientPlan plan, nint* offsets, T* x, T* gradient, T* partials) : IJob
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            int part = chunk % plan.Parts, group = chunk / plan.Parts % shape.Groups, share = chunk / (plan.Parts * shape.Groups);
            int firstPanel = part * plan.Panels / plan.Parts, lastPanel = (part + 1) * plan.Panels / plan.Parts;
            var imageElements = shape.GroupChannels * plan.Plane;
            using var scratch = Buffers.Rent((imageElements + ((nint)plan.BandRows * shape.OutWidth * TileColumns)) * sizeof(T));
            var image = (T*)scratch.Pointer;
            var packed = image + imageElements;
            var first = share * plan.ShareImages;
            var last = Math.Min(shape.Images, first + plan.ShareImages);
            var tiles = (nint)(lastPanel - firstPanel) * shape.Taps * new Strips(shape.GroupChannels, TLanes.MaxRows).Count;
            for (var n = first; n < last; n++)
            {
                var source = Image(n, group);
                var from = gradient + (n * shape.OutImage) + (group * shape.GroupFilters * shape.OutPlane);
                for (var band = 0; band < plan.Bands; band++)
                {
                    var top = band * plan.BandRows;
                    var rows = Math.Min(plan.BandRows, shape.OutHeight - top);
                    PaddedBand.Copy(source, shape.GroupChannels, shape.Height, shape.Width,
                        plan.Vertical.Start + (top * plan.Vertical.Step), plan.Vertical.Cover(rows),
                        plan.Horizontal.Start, plan.Pitch, image, plan.Plane);
                    var ahead = band < plan.Bands - 1 ? Ahead(source, band + 1, tiles) : n < last - 1 ? Ahead(Image(n + 1, group), 0, tiles) : default;
                    for (var panel = firstPanel; panel < lastPanel; panel++)
                    {
                        var lanes = Math.Min(TileColumns, shape.GroupFilters - (panel * TileColumns));
                        var pitch = lanes > TLanes.Count ? TileColumns : TLanes.Count;
                        ProductPacking<T>.Pack(from + ((nint)panel * TileColumns * shape.OutPlane) + ((nint)top * shape.OutWidth),
                            shape.OutPlane, 1, lanes, rows * shape.OutWidth, packed, pitch);
                        var slot = ((((nint)share * shape.Groups) + group) * plan.Panels) + panel;
                        Band(image, packed, rows * shape.OutWidth, pitch, partials + (slot * shape.FilterSize * TileColumns), n > first || band > 0, ref ahead);
                    }
                }
            }
        }

        private T* Image(int n, int group) => x + (n * shape.InImage) + (group * shape.GroupChannels * shape.InPlane);

        private BandAhead Ahead(T* source, int band, nint tiles)
        {
            var top = band * plan.BandRows;
            var rows = plan.Vertical.Cover(Math.Min(plan.BandRows, shape.OutHeight - top));
            return new BandAhead(source, shape.GroupChannels, shape.Height, shape.Width,
                plan.Vertical.Start + (top * plan.Vertical.Step), rows, tiles, sizeof(T));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Band(T* image, T* packed, int steps, int pitch, T* sums, bool add, ref BandAhead ahead)
        {
            var two = pitch > TLanes.Count;
            for (var tap = 0; tap < shape.Taps; tap++)
            {
                // One pass over the taps where the rows are channels; where they are the kernel's columns, one pass over its rows.
                int y = tap / shape.KernelWidth, x = tap % shape.KernelWidth;
                var at = image + ((nint)y * shape.DilationHeight * plan.Pitch) + (x * shape.DilationWidth);
                if (!plan.ByColumns)
                {
                    Strips(at, plan.Plane, shape.GroupChannels, packed, steps, sums + (Row(in shape, false, 0, tap) * pitch), pitch, two, add, ref ahead);
                    continue;
                }

                if (x != 0) continue;
                for (var channel = 0; channel < shape.GroupChannels; channel++)
                {
                    Strips(at + (channel * plan.Plane), shape.DilationWidth, shape.KernelWidth, packed, steps,
                        sums + (Row(in shape, true, channel, tap) * pitch), pitch, two, add, ref ahead);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Strips(T* a, nint aRow, int rows, T* packed, int steps, T* target, int pitch, bool two, bool add, ref BandAhead ahead)
        {
            var strips = new Strips(rows, TLanes.MaxRows);
            for (var strip = 0; strip < strips.Count; strip++)
            {
                var height = strips.Rows(strip);
                var places = new TableOffsets(offsets, ahead.Next(steps, offsets, out var step), step);
                ProductTiles<T, TLanes, TVector>.Run(height, two, a, aRow, in places, packed, pitch, steps, target, pitch, null, add);
                a += height * aRow;
                target += (nint)height * pitch;
            }
        }
    }

    /// <summary>Adds the shares in order, and puts the filters where they belong.</summary>
    private readonly struct CombineJob(ConvShape shape, WeightGradientPlan plan, T* partials, T* dw) : IJob
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            int group = chunk / plan.Panels, panel = chunk % plan.Panels;
            var lanes = Math.Min(TileColumns, shape.GroupFilters - (panel * TileColumns));
            var pitch = lanes > TLanes.Count ? TileColumns : TLanes.Count;
            var block = (nint)shape.FilterSize * TileColumns;
            var sums = partials + (chunk * block);
            var size = (nint)shape.FilterSize * pitch;
            for (var share = 1; share < plan.Shares; share++)
            {
                var other = sums + (share * shape.Groups * plan.Panels * block);
                for (nint i = 0; i < size; i += TLanes.Count) TLanes.Store(TLanes.Add(TLanes.Load(sums + i), TLanes.Load(other + i)), sums + i);
            }

            var first = dw + (((group * shape.GroupFilters) + ((nint)panel * TileColumns)) * shape.FilterSize);
            for (var channel = 0; channel < shape.GroupChannels; channel++)
            {
                for (var tap = 0; tap < shape.Taps; tap++)
                {
                    var from = sums + (Row(in shape, plan.ByColumns, channel, tap) * pitch);
                    var to = first + ((nint)channel * shape.Taps) + tap;
                    for (var lane = 0; lane < lanes; lane++, to += shape.FilterSize) *to = from[lane];
                }
            }
        }
    }
}
