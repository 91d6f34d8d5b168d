using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Computes <see cref="WindowProduct{T}"/>s for one vector width.</summary>
/// <remarks>
/// The lanes of a vector are channels of the target and the rows of a tile are neighboring windows, which read the source in place: of im2col nothing but the
/// table of offsets is left. The weights are packed once a call, a band of the source is copied once with its padding (not even that where there is none), and
/// a finished tile is transposed into the planes of the target, which is 3 % of the work for 288 terms.
/// </remarks>
internal static unsafe class WindowEngine<T, TLanes, TVector>
    where T : unmanaged, INumber<T>
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    /// <summary>Columns of a whole tile.</summary>
    public static int TileColumns => 2 * TLanes.Count;

    /// <summary>Computes all sums.</summary>
    public static void Run(in WindowProduct<T> product) => Run(in product, new ReadOnlySpan<WindowAxis>(in product.Horizontal));

    /// <summary>
    /// Computes all sums of products that differ in the windows along the width, the phases of a stride: window t of axis j gives column t·stride + j of the
    /// target.
    /// </summary>
    /// <remarks>All of them together write whole lines of the target, and read one copy of the source. The first of them is the product's own.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in WindowProduct<T> given, ReadOnlySpan<WindowAxis> axes)
    {
        if (given.Results == 0) return;
        var product = axes.Length == 1 ? Flattened(in given) : given;
        var cover = axes.Length == 1 ? product.Horizontal : WindowAxis.Hull(axes);
        var panels = ((product.Lanes - 1) / TileColumns) + 1;
        var padded = panels * TileColumns;
        var plan = new WindowPlan(
            in product.Vertical, in cover, product.Height, product.Width, product.Inner, product.Images * product.Groups, panels, sizeof(T));

        nint terms = 0;
        foreach (ref readonly var axis in axes) terms += product.TermsAlong(in axis);
        nint phaseBytes = Align((nint)axes.Length * sizeof(Phase)), offsetBytes = Align(terms * sizeof(nint)),
            biasBytes = product.Bias == null ? 0 : Align((nint)product.Groups * padded * sizeof(T));
        using var scratch = Buffers.Rent(phaseBytes + offsetBytes + biasBytes + (product.Groups * padded * terms * sizeof(T)));
        var phases = (Phase*)scratch.Pointer;
        var offsets = (nint*)(scratch.Pointer + phaseBytes);
        var bias = product.Bias == null ? null : (T*)(scratch.Pointer + phaseBytes + offsetBytes);
        if (bias != null) PadBias(product.Bias, product.Groups, product.Lanes, padded, bias);
        var packed = (T*)(scratch.Pointer + phaseBytes + offsetBytes + biasBytes);
        long work = 0;
        for (var index = 0; index < axes.Length; index++)
        {
            var part = product;
            if (axes.Length > 1) part.Horizontal = axes[index];
            phases[index] = new Phase { Axis = part.Horizontal, Terms = part.Terms, Offsets = offsets, Weights = packed };
            FillOffsets(in part, in plan, part.Horizontal.Start - cover.Start, offsets);
            Workers.Run((long)product.Groups * padded * part.Terms, product.Groups * panels, new PackJob(part, panels, packed));
            work += part.Results * part.Terms;
            offsets += part.Terms;
            packed += (nint)product.Groups * padded * part.Terms;
        }

        var job = new Job(product, plan, panels, cover.Start, phases, axes.Length, bias);
        Workers.Run(work, checked(product.Images * product.Groups * plan.Bands * plan.Parts), in job);
    }

    private static nint Align(nint bytes) => (bytes + 63) & -64;

    /// <summary>
    /// Where windows are single points of a plane that they cover without gaps, rows need not be told apart: 196 points make 17 tiles, not 14 · 2.
    /// </summary>
    private static WindowProduct<T> Flattened(in WindowProduct<T> product)
    {
        WindowAxis vertical = product.Vertical, horizontal = product.Horizontal;
        if (vertical is not { Taps: 1, Step: 1, Start: 0, TargetFirst: 0, TargetStep: 1 } ||
            horizontal is not { Taps: 1, Step: 1, Start: 0, TargetFirst: 0, TargetStep: 1 })
        {
            return product;
        }

        if (vertical.Count != product.Height || horizontal.Count != product.Width ||
            product.TargetHeight != product.Height || product.TargetWidth != product.Width)
        {
            return product;
        }

        var flat = product;
        flat.Height = flat.TargetHeight = 1;
        flat.Width = flat.TargetWidth = product.Height * product.Width;
        flat.Vertical = vertical with { Count = 1 };
        flat.Horizontal = horizontal with { Count = flat.Width };
        return flat;
    }

    /// <summary>
    /// In the order (channel, row of the kernel, column of the kernel); the windows begin <paramref name="shift"/> columns after the source's copy.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillOffsets(in WindowProduct<T> product, in WindowPlan plan, nint shift, nint* offsets)
    {
        for (nint inner = 0; inner < product.Inner; inner++)
        {
            for (nint row = 0; row < product.Vertical.Taps; row++)
            {
                nint y = product.Vertical.TapFirst + (row * product.Vertical.TapStep);
                for (nint column = 0; column < product.Horizontal.Taps; column++)
                {
                    *offsets++ =
                        ((inner * plan.Plane) + (y * plan.Pitch) + shift + product.Horizontal.TapFirst + (column * product.Horizontal.TapStep)) * sizeof(T);
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
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>The windows of one axis along the width, and what their tiles read.</summary>
    private struct Phase
    {
        public WindowAxis Axis;

        /// <summary>The terms of each sum.</summary>
        public int Terms;

        /// <summary>Where each term lies, in bytes from the first column of the source's copy.</summary>
        public nint* Offsets;

        /// <summary>The packed weights.</summary>
        public T* Weights;
    }

    /// <summary>A chunk is a band of rows of one image, for some or all of a group's target channels.</summary>
    private readonly struct Job(WindowProduct<T> product, WindowPlan plan, int panels, int left, Phase* phases, int count, T* bias) : IJob
    {
        // The tiles of all phases of a strip lie side by side until they are written: 4 tiles at most, where a stride is not larger than that.
        private int MostWindows => Math.Clamp(4 * TLanes.MaxRows / count, 1, TLanes.MaxRows);

        private Strips Strips => new(product.Horizontal.Count, MostWindows);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            int part = chunk % plan.Parts, first = part * panels / plan.Parts, last = (part + 1) * panels / plan.Parts;
            var source = Band(chunk / plan.Parts, out var unit, out var top, out var rows, out var y);
            var tileElements = (nint)MostWindows * count * TileColumns;
            using var scratch = Buffers.Rent((tileElements + (plan.InPlace ? 0 : product.Inner * plan.Plane)) * sizeof(T));
            var tile = (T*)scratch.Pointer;
            if (plan.InPlace)
            {
                source += ((nint)y * product.Width) + left;
            }
            else
            {
                var copy = tile + tileElements;
                PaddedBand.Copy(source, product.Inner, product.Height, product.Width, y, product.Vertical.Cover(rows), left, plan.Pitch, copy, plan.Plane);
                source = copy;
            }

            var tiles = (nint)(last - first) * rows * Strips.Count * count;
            // The next part copies the same rows again; only after the last comes another band.
            var ahead = plan.InPlace || part < plan.Parts - 1 ? default : Ahead((chunk / plan.Parts) + 1, tiles);
            for (var panel = first; panel < last; panel++) Panel(unit, panel, top, rows, source, tile, ref ahead);
        }

        /// <summary>Where a band's image begins, whose image and which rows of windows it is of, and where they begin in the image.</summary>
        private T* Band(int index, out int unit, out int top, out int rows, out int y)
        {
            (unit, var band) = Math.DivRem(index, plan.Bands);
            top = band * plan.BandRows;
            rows = Math.Min(plan.BandRows, product.Vertical.Count - top);
            y = product.Vertical.Start + (top * product.Vertical.Step);
            return product.Source + ((nint)unit * product.Inner * product.Height * product.Width);
        }

        private BandAhead Ahead(int index, nint tiles)
        {
            if (index == product.Images * product.Groups * plan.Bands) return default;
            var source = Band(index, out _, out _, out var rows, out var y);
            return new BandAhead(source, product.Inner, product.Height, product.Width, y, product.Vertical.Cover(rows), tiles, sizeof(T));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Panel(int unit, int panel, int top, int rows, T* source, T* tile, ref BandAhead ahead)
        {
            var lanes = Math.Min(TileColumns, product.Lanes - (panel * TileColumns));
            var two = lanes > TLanes.Count;
            var pitch = two ? TileColumns : TLanes.Count;
            nint slot = (unit % product.Groups * panels) + panel;
            var add = bias == null ? null : bias + (slot * TileColumns);
            WindowAxis vertical = product.Vertical, horizontal = product.Horizontal;
            var plane = product.TargetPlane;
            var channel = product.Target + ((((nint)unit * product.Lanes) + ((nint)panel * TileColumns)) * plane);
            var strips = Strips;
            for (var row = 0; row < rows; row++)
            {
                var line = channel + ((vertical.TargetFirst + ((nint)(top + row) * vertical.TargetStep)) * product.TargetWidth) + horizontal.TargetFirst;
                var from = source + ((nint)row * vertical.Step * plan.Pitch);
                var column = 0;
                for (var strip = 0; strip < strips.Count; strip++)
                {
                    var windows = strips.Rows(strip);
                    var target = line + ((nint)column * horizontal.TargetStep);
                    WindowTarget<T>.Prefetch(target, lanes, plane, (nint)windows * horizontal.TargetStep);
                    for (var index = 0; index < count; index++)
                    {
                        var phase = phases + index;
                        // Later phases may have one window less.
                        var height = Math.Min(windows, phase->Axis.Count - column);
                        if (height > 0)
                        {
                            Tile(phase, height, two, from + ((nint)column * horizontal.Step), phase->Weights + (slot * TileColumns * phase->Terms),
                                tile + (index * pitch), count * pitch, add, ref ahead);
                        }
                    }

                    if (count == 1)
                    {
                        WindowTarget<T>.Store(tile, pitch, windows, lanes, target, plane, horizontal.TargetStep);
                    }
                    else
                    {
                        WindowTarget<T>.Store(
                            tile, pitch, Math.Min(windows * count, product.TargetWidth - (column * horizontal.TargetStep)), lanes, target, plane, 1);
                    }

                    column += windows;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Tile(Phase* phase, int windows, bool two, T* a, T* weights, T* tile, nint tileRow, T* add, ref BandAhead ahead)
        {
            var pitch = two ? TileColumns : TLanes.Count;
            var segments = new ProductSegments(Math.Max(phase->Terms, 1));
            var next = ahead.Next(phase->Terms, phase->Offsets, out var step);
            for (var segment = 0; segment < segments.Count; segment++)
            {
                var start = segments.Start(segment);
                var places = new TableOffsets(phase->Offsets + start, next + (start * step), step);
                ProductTiles<T, TLanes, TVector>.Run(windows, two, a, phase->Axis.Step, in places, weights + ((nint)start * pitch), pitch,
                    phase->Terms == 0 ? 0 : segments.Length(segment), tile, tileRow, segment == segments.Count - 1 ? add : null, segment > 0);
            }
        }
    }
}
