using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Computes <see cref="WindowProduct{T}"/>s for one vector width.</summary>
/// <remarks>
/// The lanes of a vector are channels of the target and the rows of a tile are neighbouring windows, which read the source in place: of im2col nothing but the
/// table of offsets is left. The weights are packed once a call, a band of the source is copied once with its padding (not even that where there is none), and a
/// finished tile is transposed into the planes of the target, which is 3 % of the work for 288 terms.
/// </remarks>
internal static unsafe class WindowEngine<T, TLanes, TVector>
    where T : unmanaged, INumber<T>
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    /// <summary>Columns of a whole tile.</summary>
    public static int TileColumns => 2 * TLanes.Count;

    /// <summary>Computes all sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in WindowProduct<T> given)
    {
        if (given.Results == 0) return;
        var product = Flattened(in given);
        var terms = product.Terms;
        var panels = ((product.Lanes - 1) / TileColumns) + 1;
        var padded = panels * TileColumns;
        var plan = new WindowPlan(
            in product.Vertical, in product.Horizontal, product.Height, product.Width, product.Inner, product.Images * product.Groups, panels, sizeof(T));

        nint offsetBytes = Align((nint)terms * sizeof(nint)), biasBytes = product.Bias == null ? 0 : Align((nint)product.Groups * padded * sizeof(T));
        using var scratch = Buffers.Rent(offsetBytes + biasBytes + ((nint)product.Groups * padded * terms * sizeof(T)));
        var offsets = (nint*)scratch.Pointer;
        FillOffsets(in product, in plan, offsets);
        var bias = product.Bias == null ? null : (T*)(scratch.Pointer + offsetBytes);
        if (bias != null) PadBias(product.Bias, product.Groups, product.Lanes, padded, bias);
        var packed = (T*)(scratch.Pointer + offsetBytes + biasBytes);
        var pack = new PackJob(product, panels, packed);
        Share((long)product.Groups * padded * terms, product.Groups * panels, in pack);
        var job = new Job(product, plan, panels, offsets, bias, packed);
        Share(product.Results * terms, checked(product.Images * product.Groups * plan.Bands * plan.Parts), in job);
    }

    /// <summary>Runs a job on the calling thread if it is too small to be worth waking another.</summary>
    public static void Share<TJob>(long work, int chunks, in TJob job) where TJob : struct, IJob
    {
        if (work >= ProductGrid.SmallWork)
        {
            Workers.Run(chunks, in job);
            return;
        }

        var alone = job;
        for (var chunk = 0; chunk < chunks; chunk++) alone.Run(chunk);
    }

    private static nint Align(nint bytes) => (bytes + 63) & -64;

    /// <summary>Where windows are single points of a plane that they cover without gaps, rows need not be told apart: 196 points make 17 tiles, not 14 · 2.</summary>
    private static WindowProduct<T> Flattened(in WindowProduct<T> product)
    {
        WindowAxis vertical = product.Vertical, horizontal = product.Horizontal;
        if (vertical is not { Taps: 1, Step: 1, Start: 0, TargetFirst: 0, TargetStep: 1 } || horizontal is not { Taps: 1, Step: 1, Start: 0, TargetFirst: 0, TargetStep: 1 }) return product;
        if (vertical.Count != product.Height || horizontal.Count != product.Width || product.TargetHeight != product.Height || product.TargetWidth != product.Width) return product;
        var flat = product;
        flat.Height = flat.TargetHeight = 1;
        flat.Width = flat.TargetWidth = product.Height * product.Width;
        flat.Vertical = vertical with { Count = 1 };
        flat.Horizontal = horizontal with { Count = flat.Width };
        return flat;
    }

    /// <summary>In the order (channel, row of the kernel, column of the kernel).</summary>
    private static void FillOffsets(in WindowProduct<T> product, in WindowPlan plan, nint* offsets)
    {
        for (nint inner = 0; inner < product.Inner; inner++)
        {
            for (nint row = 0; row < product.Vertical.Taps; row++)
            {
                nint y = product.Vertical.TapFirst + (row * product.Vertical.TapStep);
                for (nint column = 0; column < product.Horizontal.Taps; column++)
                {
                    *offsets++ = ((inner * plan.Plane) + (y * plan.Pitch) + product.Horizontal.TapFirst + (column * product.Horizontal.TapStep)) * sizeof(T);
                }
            }
        }
    }

    private static void PadBias(T* bias, int groups, int lanes, int padded, T* target)
    {
        for (nint group = 0; group < groups; group++)
        {
            for (nint lane = 0; lane < padded; lane++) *target++ = lane < lanes ? bias[(group * lanes) + lane] : default;
        }
    }

    /// <summary>Packs the weights of one panel of target channels: each term's side by side.</summary>
    private readonly struct PackJob(WindowProduct<T> product, int panels, T* packed) : IJob
    {
        public void Run(int chunk)
        {
            int group = chunk / panels, first = chunk % panels * TileColumns;
            var lanes = Math.Min(TileColumns, product.Lanes - first);
            var pitch = lanes > TLanes.Count ? TileColumns : TLanes.Count;
            var from = product.Weights + (group * product.WeightGroup) + (first * product.WeightLane);
            var to = packed + ((nint)chunk * TileColumns * product.Terms);
            int rows = product.Vertical.Taps, columns = product.Horizontal.Taps;
            if (product.Vertical.KernelStep == 1 && product.Horizontal.KernelStep == 1 && product.WeightInner == (nint)rows * columns)
            {
                ProductPacking<T>.Pack(from, product.WeightLane, 1, lanes, product.Terms, to, pitch);
                return;
            }

            for (nint tap = 0; tap < rows * columns; tap++)
            {
                // The terms of one tap stand a kernel apart in the panel.
                var source = from + product.Tap((int)tap / columns, (int)tap % columns);
                for (nint inner = 0; inner < product.Inner; inner++)
                {
                    var target = to + (((inner * rows * columns) + tap) * pitch);
                    var value = source + (inner * product.WeightInner);
                    for (var lane = 0; lane < pitch; lane++, value += product.WeightLane) target[lane] = lane < lanes ? *value : default;
                }
            }
        }
    }

    /// <summary>A chunk is a band of rows of one image, for some or all of a group's target channels.</summary>
    private readonly struct Job(WindowProduct<T> product, WindowPlan plan, int panels, nint* offsets, T* bias, T* packed) : IJob
    {
        public void Run(int chunk)
        {
            int part = chunk % plan.Parts, band = chunk / plan.Parts % plan.Bands, unit = chunk / (plan.Parts * plan.Bands);
            int first = panels / plan.Parts * part, last = plan.Parts == 1 ? panels : first + 1;
            var top = band * plan.BandRows;
            var rows = Math.Min(plan.BandRows, product.Vertical.Count - top);
            var source = product.Source + ((nint)unit * product.Inner * product.Height * product.Width);
            var y = product.Vertical.Start + (top * product.Vertical.Step);
            using var scratch = Buffers.Rent((TLanes.MaxRows * TileColumns * sizeof(T)) + (plan.InPlace ? 0 : product.Inner * plan.Plane * sizeof(T)));
            var tile = (T*)scratch.Pointer;
            if (plan.InPlace)
            {
                source += ((nint)y * product.Width) + product.Horizontal.Start;
            }
            else
            {
                var copy = tile + (TLanes.MaxRows * TileColumns);
                PaddedBand.Copy(source, product.Inner, product.Height, product.Width, y, product.Vertical.Cover(rows), product.Horizontal.Start, plan.Pitch, copy, plan.Plane);
                source = copy;
            }

            for (var panel = first; panel < last; panel++) Panel(unit, panel, top, rows, source, tile);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Panel(int unit, int panel, int top, int rows, T* source, T* tile)
        {
            var group = unit % product.Groups;
            var terms = product.Terms;
            var lanes = Math.Min(TileColumns, product.Lanes - (panel * TileColumns));
            var two = lanes > TLanes.Count;
            var pitch = two ? TileColumns : TLanes.Count;
            var slot = (group * panels) + panel;
            var weights = packed + ((nint)slot * TileColumns * terms);
            var add = bias == null ? null : bias + ((nint)slot * TileColumns);
            var segments = new ProductSegments(Math.Max(terms, 1));
            WindowAxis vertical = product.Vertical, horizontal = product.Horizontal;
            var plane = product.TargetPlane;
            var channel = product.Target + ((((nint)unit * product.Lanes) + ((nint)panel * TileColumns)) * plane);
            var strips = ((horizontal.Count - 1) / TLanes.MaxRows) + 1;
            for (var row = 0; row < rows; row++)
            {
                var line = channel + ((vertical.TargetFirst + ((nint)(top + row) * vertical.TargetStep)) * product.TargetWidth) + horizontal.TargetFirst;
                var from = source + ((nint)row * vertical.Step * plan.Pitch);
                var column = 0;
                for (var strip = 0; strip < strips; strip++)
                {
                    // The strips differ by one window at most, so that no tile is much lower than the others.
                    var windows = (horizontal.Count / strips) + (strip < horizontal.Count % strips ? 1 : 0);
                    var a = from + ((nint)column * horizontal.Step);
                    for (var segment = 0; segment < segments.Count; segment++)
                    {
                        var start = segments.Start(segment);
                        WindowTiles<T, TLanes, TVector>.Run(windows, two, a, horizontal.Step, offsets + start, weights + ((nint)start * pitch),
                            terms == 0 ? 0 : segments.Length(segment), tile, segment == segments.Count - 1 ? add : null, segment > 0);
                    }

                    WindowTarget<T>.Store(tile, pitch, windows, lanes, line + ((nint)column * horizontal.TargetStep), plane, horizontal.TargetStep);
                    column += windows;
                }
            }
        }
    }
}
