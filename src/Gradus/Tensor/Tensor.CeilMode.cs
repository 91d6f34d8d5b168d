namespace Gradus;

// Pooling whose last windows reach beyond the padding: the input is made longer for them.
public sealed partial class Tensor
{
    /// <summary>The image with as many rows and columns at its end as the last windows lack.</summary>
    private Tensor Beyond(PoolArgs args, double value)
    {
        var (rows, columns) = Lacking(args);
        return rows == 0 && columns == 0 ? this : To(Promotion.Real(DType)).Pad([(0, rows), (0, columns)], value: value);
    }

    /// <summary>The mean of each window over what lies within the input, or within its padding.</summary>
    private Tensor AveragedBeyond(PoolArgs args)
    {
        if (Lacking(args) == (0, 0)) return Ops.AvgPool2d.Apply(this, args);
        if (DType.IsHalf) return To(DType.Float32).AveragedBeyond(args).To(DType);
        var means = Ops.AvgPool2d.Apply(Beyond(args, 0), args with { CountPadding = true });
        // Of a whole window's mean to that of what is seen of it, along each axis.
        var rows = Shares(means.Shape[2], Shape[2], args.Kernel.Height, args.Stride.Height, args.Padding.Height, args.CountPadding);
        var columns = Shares(means.Shape[3], Shape[3], args.Kernel.Width, args.Stride.Width, args.Padding.Width, args.CountPadding);
        return means * (rows.Unsqueeze(1) * columns).To(means.DType);
    }

    /// <summary>For each place of a longer image the number that it has in this one.</summary>
    private Tensor PlacesWithin(Tensor longer) => Arange(0, (long)Shape[2] * Shape[3]).Reshape(Shape[2], Shape[3])
        .Pad([(0, longer.Shape[2] - Shape[2]), (0, longer.Shape[3] - Shape[3])]).Flatten();

    private (int Rows, int Columns) Lacking(PoolArgs args) => Rank != 4
        ? (0, 0)
        : (Lacking(Shape[2], args.Kernel.Height, args.Stride.Height, args.Padding.Height, args.Dilation.Height),
            Lacking(Shape[3], args.Kernel.Width, args.Stride.Width, args.Padding.Width, args.Dilation.Width));

    /// <summary>How many positions the last window lacks that begins within the input; 0 where the row will say what is wrong.</summary>
    private static int Lacking(int size, int kernel, int stride, int padding, int dilation)
    {
        if (size < 1 || kernel < 1 || stride < 1 || padding < 0 || padding > kernel / 2 || dilation < 1) return 0;
        var room = size + (2L * padding) - ((long)dilation * (kernel - 1)) - 1;
        if (room + stride <= 0) return 0;
        var windows = ((room + stride - 1) / stride) + 1;
        if ((windows - 1) * stride >= (long)size + padding) windows--;
        return (int)Math.Max(0, ((windows - 1) * stride) - room);
    }

    private static Tensor Shares(int windows, int size, int kernel, int stride, int padding, bool countPadding)
    {
        var (first, last) = countPadding ? (-(long)padding, (long)size + padding) : (0, size);
        var shares = new double[windows];
        for (var window = 0; window < windows; window++)
        {
            var start = ((long)window * stride) - padding;
            shares[window] = kernel / (double)(Math.Min(start + kernel, last) - Math.Max(start, first));
        }

        return From(shares, [windows]);
    }
}
