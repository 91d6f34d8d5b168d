using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Computes a <see cref="WindowProduct{T}"/> whose target has few channels in a group: depthwise convolution.</summary>
/// <remarks>
/// The lanes of a vector are neighboring windows of one channel, so nothing is transposed, and one channel does not waste the lanes of 31 others. Each
/// multiply-add loads its vector, which the tiles of <see cref="WindowEngine{T, TLanes, TVector}"/> need not, so those are up to twice as fast where they fit.
/// The bits are the same.
/// </remarks>
internal static unsafe class WindowRows<T, S, V>
    where T : unmanaged
    where S : ISimd<T, V>
    where V : struct
{
    private const long ChunkWork = 40_000;

    /// <summary>Whether this engine is the faster one.</summary>
    public static bool Fits(in WindowProduct<T> product) => product.Lanes * 4 <= S.Width && product.Terms > 0;

    /// <summary>Computes all sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in WindowProduct<T> product)
    {
        if (product.Results == 0) return;
        var terms = product.Terms;
        var pitch = WindowTerms.Pitch(in product, S.Width);
        var units = product.Images * product.Groups;
        var plan = new WindowPlan(in product.Vertical, in product.Horizontal, product.Height, product.Width, product.Inner, units, 1, sizeof(T), pitch);
        using var scratch = Buffers.Rent((nint)terms * (sizeof(nint) + ((nint)product.Groups * product.Lanes * sizeof(T))));
        var offsets = (nint*)scratch.Pointer;
        var weights = (T*)(offsets + terms);
        WindowTerms.Gather(in product, in plan, offsets, weights);
        var pieces = units * plan.Bands;
        var together = (int)Math.Clamp(ChunkWork * pieces / Math.Max(1, product.Results * terms), 1, pieces);
        var job = new Job(product, plan, offsets, weights, together, pieces);
        var chunks = ((pieces - 1) / together) + 1;
        Workers.Run(product.Results * terms, chunks, in job);
    }

    /// <summary>A chunk is one or several bands of rows, each of one group of one image.</summary>
    private readonly struct Job(WindowProduct<T> product, WindowPlan plan, nint* offsets, T* weights, int together, int pieces) : IJob
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            // The last vector of the last row may reach past the copy by less than a vector.
            using var scratch = Buffers.Rent(((product.Inner * plan.Plane) + S.Width + (WindowColumns<T, S, V>.MaxRows * S.Width)) * sizeof(T));
            var tile = (T*)scratch.Pointer;
            var source = tile + (WindowColumns<T, S, V>.MaxRows * S.Width);
            var last = Math.Min(pieces, (chunk + 1) * together);
            for (var piece = chunk * together; piece < last; piece++)
            {
                int unit = piece / plan.Bands, top = piece % plan.Bands * plan.BandRows;
                var rows = Math.Min(plan.BandRows, product.Vertical.Count - top);
                var from = product.Source + ((nint)unit * product.Inner * product.Height * product.Width);
                PaddedBand.Copy(from, product.Inner, product.Height, product.Width,
                    product.Vertical.Start + (top * product.Vertical.Step), product.Vertical.Cover(rows),
                    product.Horizontal.Start, plan.Pitch, source, plan.Plane, product.Horizontal.Step);
                for (var lane = 0; lane < product.Lanes; lane++) Lane(unit, lane, top, rows, source, tile);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Lane(int unit, int lane, int top, int rows, T* source, T* tile)
        {
            var terms = product.Terms;
            var channel = (unit % product.Groups * product.Lanes) + lane;
            var weight = weights + ((nint)channel * terms);
            var bias = product.Bias == null ? null : product.Bias + channel;
            var segments = new ProductSegments(terms);
            WindowAxis vertical = product.Vertical, horizontal = product.Horizontal;
            var target = product.Target + ((((nint)unit * product.Lanes) + lane) * product.TargetPlane) + horizontal.TargetFirst;
            var strips = new Strips(rows, WindowColumns<T, S, V>.MaxRows);
            for (int strip = 0, row = 0; strip < strips.Count; strip++)
            {
                var height = strips.Rows(strip);
                var line = target + ((vertical.TargetFirst + ((nint)(top + row) * vertical.TargetStep)) * product.TargetWidth);
                var from = source + ((nint)row * vertical.Step * plan.Pitch);
                for (var column = 0; column < horizontal.Count; column += S.Width)
                {
                    // The last vector overlaps the one before it where there are windows enough: the same values are written twice.
                    column = Math.Max(0, Math.Min(column, horizontal.Count - S.Width));
                    for (var segment = 0; segment < segments.Count; segment++)
                    {
                        var start = segments.Start(segment);
                        WindowColumns<T, S, V>.Run(
                            height, from + column, (nint)vertical.Step * plan.Pitch, offsets + start, weight + start, segments.Length(segment),
                            tile, segment == segments.Count - 1 ? bias : null, segment > 0);
                    }

                    Store(tile, height, Math.Min(S.Width, horizontal.Count - column), line + ((nint)column * horizontal.TargetStep),
                        (nint)vertical.TargetStep * product.TargetWidth, horizontal.TargetStep);
                }

                row += height;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Store(T* tile, int rows, int columns, T* target, nint pitch, int step)
        {
            for (var row = 0; row < rows; row++, tile += S.Width, target += pitch)
            {
                if (step == 1 && columns == S.Width) S.Store(S.Load(tile), target);
                else if (step == 1) S.StorePartial(S.Load(tile), target, columns);
                else for (nint column = 0; column < columns; column++) target[column * step] = tile[column];
            }
        }
    }
}
