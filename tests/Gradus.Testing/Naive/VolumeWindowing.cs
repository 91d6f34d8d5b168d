namespace Gradus.Testing.Naive;

/// <summary>Convolution and pooling of volumes, place by place.</summary>
internal static class VolumeWindowing
{
    public static NArray Convolution(NArray x, NArray w, NArray? bias, Conv3dOptions options)
    {
        int[] shape = [x.Shape[0], w.Shape[0], .. Extents(x, [.. w.Shape[2..]], options)];
        var filters = w.Shape[0] / options.Groups;
        return NArray.Build(shape, at => (bias is null ? 0 : bias[at[1]]) + Taps(x.Shape, w.Shape, at, options)
            .Sum(tap => x[[at[0], (at[1] / filters * w.Shape[1]) + tap.Kernel[0], .. tap.Place]] * w[[at[1], .. tap.Kernel]]));
    }

    /// <summary>The adjoint in the input, whose shape is given.</summary>
    public static NArray Transposed(NArray y, NArray w, int[] shape, Conv3dOptions options)
    {
        var x = new NArray(shape, new double[shape.Aggregate(1, static (product, size) => product * size)]);
        var filters = w.Shape[0] / options.Groups;
        foreach (var at in NArray.Positions(y.Shape))
        {
            foreach (var (kernel, place) in Taps(shape, w.Shape, at, options))
            {
                var element = NArray.Positions(shape).TakeWhile(position =>
                    !position.SequenceEqual([at[0], (at[1] / filters * w.Shape[1]) + kernel[0], .. place])).Count();
                x.Values[element] += y[at] * w[[at[1], .. kernel]];
            }
        }

        return x;
    }

    /// <summary>From the elements of each window, and the numbers of their places in the volume, to one number.</summary>
    public static NArray Pool(NArray x, VolumePool pool, Func<(double Value, int Place)[], int, double> fold)
    {
        int[] shape = [x.Shape[0], x.Shape[1], .. Enumerable.Range(0, 3).Select(axis => pool.Extent(axis, x.Shape[axis + 2]))];
        return NArray.Build(shape, at =>
        {
            int[][] rows = [.. Enumerable.Range(0, 3).Select(axis => pool.Seen(axis, at[axis + 2], x.Shape[axis + 2]))];
            var seen = rows[0].SelectMany(d => rows[1].SelectMany(h => rows[2].Select(w =>
                (x[at[0], at[1], d, h, w], (((d * x.Shape[3]) + h) * x.Shape[4]) + w))));
            return fold([.. seen], Enumerable.Range(0, 3).Aggregate(1, (count, axis) => count * pool.Padded(axis, at[axis + 2], x.Shape[axis + 2])));
        });
    }

    private static int[] Extents(NArray x, int[] kernel, Conv3dOptions options) => [.. Enumerable.Range(0, 3).Select(axis =>
        ((x.Shape[axis + 2] + (2 * Of(options.Padding)[axis]) - (Of(options.Dilation)[axis] * (kernel[axis] - 1)) - 1) / Of(options.Stride)[axis]) + 1)];

    /// <summary>The channel and tap of a filter, and the place that it sees, for each that a result sees.</summary>
    private static IEnumerable<(int[] Kernel, int[] Place)> Taps(int[] x, int[] w, int[] at, Conv3dOptions options) =>
        from kernel in NArray.Positions(w[1..])
        let place = Enumerable.Range(0, 3).Select(axis => (at[axis + 2] * Of(options.Stride)[axis]) - Of(options.Padding)[axis] +
            (kernel[axis + 1] * Of(options.Dilation)[axis])).ToArray()
        where Enumerable.Range(0, 3).All(axis => place[axis] >= 0 && place[axis] < x[axis + 2])
        select (kernel, place);

    internal static int[] Of(Size3 size) => [size.Depth, size.Height, size.Width];
}

/// <summary>How the windows of a pooling of volumes lie.</summary>
internal sealed record VolumePool(Size3 Kernel, Size3 Stride, Size3 Padding, Size3 Dilation, bool Ceil)
{
    /// <summary>How many windows there are along an axis.</summary>
    public int Extent(int axis, int size)
    {
        var room = size + (2 * Padded(axis)) - (Of(Dilation, axis) * (Of(Kernel, axis) - 1)) - 1;
        var count = (int)(Ceil ? Math.Ceiling((double)room / Of(Stride, axis)) : Math.Floor((double)room / Of(Stride, axis))) + 1;
        return Ceil && (count - 1) * Of(Stride, axis) >= size + Padded(axis) ? count - 1 : count;
    }

    /// <summary>The positions that a window sees.</summary>
    public int[] Seen(int axis, int window, int size) => [.. Enumerable.Range(0, Of(Kernel, axis))
        .Select(tap => (window * Of(Stride, axis)) - Padded(axis) + (tap * Of(Dilation, axis))).Where(place => place >= 0 && place < size)];

    /// <summary>How many of a window's positions lie within the axis or its padding.</summary>
    public int Padded(int axis, int window, int size) => Enumerable.Range(0, Of(Kernel, axis))
        .Count(tap => (window * Of(Stride, axis)) - Padded(axis) + tap < size + Padded(axis));

    private int Padded(int axis) => Of(Padding, axis);

    private static int Of(Size3 size, int axis) => VolumeWindowing.Of(size)[axis];
}
