namespace Gradus.Testing.Naive;

/// <summary>Convolution and pooling as seven loops.</summary>
internal static class Windowing
{
    public static NArray Convolution(NArray x, NArray w, NArray? bias, ConvOptions options)
    {
        var (height, width) = (Extent(x.Shape[2], w.Shape[2], options.Stride.Height, options.Padding.Height, options.Dilation.Height),
            Extent(x.Shape[3], w.Shape[3], options.Stride.Width, options.Padding.Width, options.Dilation.Width));
        var y = new NArray([x.Shape[0], w.Shape[0], height, width], new double[x.Shape[0] * w.Shape[0] * height * width]);
        if (bias is not null) y = NArray.Build(y.Shape, position => bias[position[1]]);
        foreach (var (xi, wi, yi) in Terms(x.Shape, w.Shape, y.Shape, options)) y.Values[yi] += x.Values[xi] * w.Values[wi];
        return y;
    }

    /// <summary>The adjoint in the input, whose shape is given.</summary>
    public static NArray Transposed(NArray y, NArray w, int[] shape, ConvOptions options)
    {
        var x = new NArray(shape, new double[shape.Aggregate(1, static (product, size) => product * size)]);
        foreach (var (xi, wi, yi) in Terms(shape, w.Shape, y.Shape, options)) x.Values[xi] += y.Values[yi] * w.Values[wi];
        return x;
    }

    /// <summary>The adjoint in the weight, whose shape is given.</summary>
    public static NArray Weight(NArray x, NArray y, int[] shape, ConvOptions options)
    {
        var w = new NArray(shape, new double[shape.Aggregate(1, static (product, size) => product * size)]);
        foreach (var (xi, wi, yi) in Terms(x.Shape, shape, y.Shape, options)) w.Values[wi] += y.Values[yi] * x.Values[xi];
        return w;
    }

    /// <summary>From the elements of each window, padding left out, to one number.</summary>
    public static NArray Pool(NArray x, PoolArgs args, Func<double[], double> fold)
    {
        var (height, width) = (Extent(x.Shape[2], args.Kernel.Height, args.Stride.Height, args.Padding.Height, args.Dilation.Height),
            Extent(x.Shape[3], args.Kernel.Width, args.Stride.Width, args.Padding.Width, args.Dilation.Width));
        return NArray.Build([x.Shape[0], x.Shape[1], height, width], at => fold([.. Seen(x, at, args)]));
    }

    /// <summary>The adjoint of the mean over windows.</summary>
    public static NArray SpreadMeans(NArray y, PoolAdjointArgs args)
    {
        var image = args.Shape.ToArray();
        var x = new NArray(image, new double[image.Aggregate(1, static (product, size) => product * size)]);
        foreach (var at in NArray.Positions(y.Shape))
        {
            var seen = Places(image, at, args.Pool).ToArray();
            var count = args.Pool.CountPadding ? args.Pool.Kernel.Height * args.Pool.Kernel.Width : seen.Length;
            foreach (var place in seen) x.Values[place] += y[at] / count;
        }

        return x;
    }

    /// <summary>Lines [N, C, L] as images of one row.</summary>
    public static NArray Tall(NArray lines) => lines with { Shape = [lines.Shape[0], lines.Shape[1], 1, lines.Shape[2]] };

    /// <summary>Images of one row as lines.</summary>
    public static NArray Flat(NArray images) => images with { Shape = [images.Shape[0], images.Shape[1], images.Shape[3]] };

    private static IEnumerable<double> Seen(NArray x, int[] at, PoolArgs args) => Places(x.Shape, at, args).Select(place => x.Values[place]);

    private static IEnumerable<int> Places(int[] image, int[] at, PoolArgs args)
    {
        for (var i = 0; i < args.Kernel.Height; i++)
        {
            for (var j = 0; j < args.Kernel.Width; j++)
            {
                var row = (at[2] * args.Stride.Height) - args.Padding.Height + (i * args.Dilation.Height);
                var column = (at[3] * args.Stride.Width) - args.Padding.Width + (j * args.Dilation.Width);
                if (row >= 0 && row < image[2] && column >= 0 && column < image[3])
                {
                    yield return (((((at[0] * image[1]) + at[1]) * image[2]) + row) * image[3]) + column;
                }
            }
        }
    }

    private static IEnumerable<(int X, int W, int Y)> Terms(int[] x, int[] w, int[] y, ConvOptions options)
    {
        var filters = w[0] / options.Groups;
        for (var n = 0; n < x[0]; n++)
            for (var o = 0; o < w[0]; o++)
                for (var p = 0; p < y[2]; p++)
                    for (var q = 0; q < y[3]; q++)
                        for (var c = 0; c < w[1]; c++)
                            for (var i = 0; i < w[2]; i++)
                                for (var j = 0; j < w[3]; j++)
                                {
                                    var row = (p * options.Stride.Height) - options.Padding.Height + (i * options.Dilation.Height);
                                    var column = (q * options.Stride.Width) - options.Padding.Width + (j * options.Dilation.Width);
                                    if (row < 0 || row >= x[2] || column < 0 || column >= x[3]) continue;
                                    var channel = (o / filters * w[1]) + c;
                                    yield return ((((((n * x[1]) + channel) * x[2]) + row) * x[3]) + column, (((((o * w[1]) + c) * w[2]) + i) * w[3]) + j,
                                        (((((n * w[0]) + o) * y[2]) + p) * y[3]) + q);
                                }
    }

    private static int Extent(int size, int kernel, int stride, int padding, int dilation) =>
        ((size + (2 * padding) - (dilation * (kernel - 1)) - 1) / stride) + 1;
}
