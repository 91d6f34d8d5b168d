namespace Gradus.Onnx;

/// <summary>Maxima and means over windows, and over all places.</summary>
internal static class PoolingOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("MaxPool", 1, static call => MaxPool(call)),
        new("AveragePool", 1, static call => AveragePool(call)) { Refuses = static call => IsDividedOtherwise(call) ? DividedOtherwise : null },
        new("LpPool", 2, static call => LpPool(call)),
        new("GlobalMaxPool", 1, static call => call.X.AMax(Places(call.X), keepDim: true)),
        new("GlobalAveragePool", 1, static call => call.X.Mean(Places(call.X), keepDim: true)),
        new("GlobalLpPool", 2, static call => Lp(call.X, call.Int("p", 2), Places(call.X), keepDim: true)),
        new("MaxUnpool", 9, static call => MaxUnpool(call)),
    ];

    // The reference of those versions counted places behind the padding; later ones, ONNX Runtime and PyTorch do not.
    private const string DividedOtherwise = "dilations with ceil_mode and count_include_pad, which versions 19 to 21 divided otherwise than all others";

    private static bool IsDividedOtherwise(OnnxCall call) => call.Opset is >= 19 and < 22 && call.Flag("ceil_mode") && call.Flag("count_include_pad") &&
        call.Ints("dilations")?.Any(static dilation => dilation != 1) == true;

    private static int[] Places(Tensor x) => [.. Enumerable.Range(2, x.Rank - 2)];

    private static int[] Last(Tensor windows, int count) => [.. Enumerable.Range(windows.Rank - count, count)];

    private static WindowGeometry GeometryOf(OnnxCall call) =>
        WindowGeometry.Of(call, call.X.Shape.AsSpan()[2..], call.Sizes(call.Ints("kernel_shape") ?? throw call.Fault("attribute kernel_shape is missing")));

    private static OnnxResults MaxPool(OnnxCall call)
    {
        var x = call.X;
        var geometry = GeometryOf(call);
        var rank = geometry.Kernel.Length;
        if (rank == 2 && x.DType.IsFloat && geometry.IsSymmetric && !call.Asks(1) && IsHalfAtMost(geometry))
            return x.MaxPool2d(Two(geometry.Kernel), Two(geometry.Stride), Two(geometry.Before), Two(geometry.Dilation));
        var windows = geometry.Windows(geometry.Pad(x, double.NegativeInfinity));
        if (!call.Asks(1)) return windows.AMax(Last(windows, rank));
        // Where each element is in the whole tensor, or, by columns, with the first axis of places as the fastest.
        int[] sizes = [.. windows.Shape.AsSpan()[..^rank], -1];
        var (value, index) = windows.Reshape(sizes).Max(-1);
        var numbers = geometry.Windows(geometry.Pad(Numbers(x, call.Flag("storage_order")).To(DType.Float64), 0)).Reshape(sizes);
        return (value, numbers.Gather(-1, index.Unsqueeze(-1)).Squeeze(-1).To(DType.Int64));
    }

    private static bool IsHalfAtMost(WindowGeometry geometry) => !geometry.Before.Index().Any(pad => pad.Item > geometry.Span(pad.Index) / 2);

    private static Tensor Numbers(Tensor x, bool byColumns)
    {
        if (!byColumns) return Tensor.Arange((int)x.Count).Reshape(x.Shape.ToArray());
        int[] reversed = [.. x.Shape.AsSpan()[..2], .. x.Shape.ToArray()[2..].Reverse()];
        return Tensor.Arange((int)x.Count).Reshape(reversed).Permute([0, 1, .. Enumerable.Range(2, x.Rank - 2).Reverse()]);
    }

    private static Tensor AveragePool(OnnxCall call)
    {
        var x = call.X;
        var geometry = GeometryOf(call);
        var (rank, countsPadding) = (geometry.Kernel.Length, call.Flag("count_include_pad"));
        if (rank == 2 && geometry.IsSymmetric && !geometry.IsDilated && IsHalfAtMost(geometry))
            return x.AvgPool2d(Two(geometry.Kernel), Two(geometry.Stride), Two(geometry.Before), countsPadding);
        var windows = geometry.Windows(geometry.Pad(x, 0));
        // Places behind the padding, where the last window ends, count in no case.
        var ones = Tensor.Ones([1, 1, .. x.Shape.AsSpan()[2..]], x.DType);
        var counted = countsPadding
            ? (geometry with { Before = new int[rank], After = new int[rank] }).Pad(geometry.Pad(ones, 1, withExtra: false), 0)
            : geometry.Pad(ones, 0);
        var counts = geometry.Windows(counted);
        return windows.Sum(Last(windows, rank)) / counts.Sum(Last(counts, rank));
    }

    private static Tensor LpPool(OnnxCall call)
    {
        var geometry = GeometryOf(call);
        var windows = geometry.Windows(geometry.Pad(call.X, 0));
        return Lp(windows, call.Int("p", 2), Last(windows, geometry.Kernel.Length), keepDim: false);
    }

    private static Tensor Lp(Tensor x, double p, int[] axes, bool keepDim) => x.Abs().Pow(p).Sum(axes, keepDim).Pow(1 / p);

    // Indices count in the tensor that the windows make; a larger one that is asked for has it in its corner.
    private static Tensor MaxUnpool(OnnxCall call)
    {
        var (x, index) = (call.X, call.Y);
        var rank = x.Rank - 2;
        var kernel = WindowGeometry.Each(call, "kernel_shape", rank, 1);
        var stride = WindowGeometry.Each(call, "strides", rank, 1);
        var pads = call.Ints("pads") is { Length: > 0 } given ? call.Sizes(given) : new int[2 * rank];
        var sizes = x.Shape.ToArray();
        for (var axis = 0; axis < rank; axis++) sizes[axis + 2] = ((sizes[axis + 2] - 1) * stride[axis]) + kernel[axis] - pads[axis] - pads[axis + rank];
        var count = sizes.Aggregate(1, static (product, size) => checked(product * size));
        var result = Tensor.Zeros([count], x.DType).Scatter(0, index.Reshape((int)index.Count), x.Reshape((int)x.Count)).Reshape(sizes);
        if (call.Wholes(2) is not { } asked) return result;
        return result.Pad([.. call.Sizes(asked).Select((size, axis) => (0, size - sizes[axis]))]);
    }

    private static Size2 Two(int[] sizes) => (sizes[0], sizes[1]);
}
