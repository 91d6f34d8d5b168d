namespace Gradus.Onnx;

/// <summary>Convolutions and their adjoints.</summary>
internal static class ConvolutionOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Conv", 1, static call => Convolve(call)),
        new("ConvTranspose", 1, static call => Transposed(call)),
        new("DeformConv", 19, static call => DeformableConvolution.Convolve(call)),
        new("Col2Im", 18, static call => Col2Im(call)),
        new("CausalConvWithState", 27, static call => CausalConvolution.Convolve(call)),
    ];

    private static Tensor Convolve(OnnxCall call)
    {
        var (x, weight, bias) = (call.X, call.Y, call.Optional(2));
        var rank = RankOf(call, x, weight);
        var geometry = WindowGeometry.Of(call, x.Shape.AsSpan()[2..], weight.Shape.AsSpan()[2..]);
        var padding = geometry.IsSymmetric ? geometry.Before : new int[rank];
        if (!geometry.IsSymmetric) x = geometry.Pad(x, 0);
        return Apply(x, weight, bias, rank, geometry.Stride, padding, geometry.Dilation, call.Size(call.Int("group", 1)));
    }

    private static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, int rank, int[] stride, int[] padding, int[] dilation, int groups) => rank switch
    {
        1 => x.Unsqueeze(2).Conv2d(weight.Unsqueeze(2), bias, new ConvOptions
        {
            Stride = (1, stride[0]),
            Padding = (0, padding[0]),
            Dilation = (1, dilation[0]),
            Groups = groups,
        }).Squeeze(2),
        2 => x.Conv2d(weight, bias, new ConvOptions { Stride = Two(stride), Padding = Two(padding), Dilation = Two(dilation), Groups = groups }),
        _ => x.Conv3d(weight, bias, new Conv3dOptions { Stride = Three(stride), Padding = Three(padding), Dilation = Three(dilation), Groups = groups }),
    };

    /// <summary>The whole of what the windows cover, of which the padding is then cut off.</summary>
    private static Tensor Transposed(OnnxCall call)
    {
        var (x, weight, bias) = (call.X, call.Y, call.Optional(2));
        var rank = RankOf(call, x, weight);
        var (stride, dilation) = (WindowGeometry.Each(call, "strides", rank, 1), WindowGeometry.Each(call, "dilations", rank, 1));
        var more = WindowGeometry.Each(call, "output_padding", rank, 0);
        var groups = call.Size(call.Int("group", 1));
        var whole = rank switch
        {
            1 => x.Unsqueeze(2).ConvTranspose2d(weight.Unsqueeze(2), null, new ConvOptions
            {
                Stride = (1, stride[0]),
                Dilation = (1, dilation[0]),
                Groups = groups,
            }).Squeeze(2),
            2 => x.ConvTranspose2d(weight, null, new ConvOptions { Stride = Two(stride), Dilation = Two(dilation), Groups = groups }),
            _ => x.ConvTranspose3d(weight, null, new Conv3dOptions { Stride = Three(stride), Dilation = Three(dilation), Groups = groups }),
        };
        var widths = new (int Before, int After)[x.Rank];
        for (var axis = 0; axis < rank; axis++)
        {
            var (before, after) = Cut(call, rank, axis, whole.Shape[axis + 2] + more[axis], x.Shape[axis + 2] * stride[axis]);
            widths[axis + 2] = (-before, more[axis] - after);
        }

        if (widths.Any(static width => width != (0, 0))) whole = whole.Pad(widths);
        return bias is null ? whole : whole + bias.Reshape([bias.Shape[0], .. Enumerable.Repeat(1, rank)]);
    }

    // What is cut off of an axis: the pads, or what brings it to the size that is asked for.
    private static (int Before, int After) Cut(OnnxCall call, int rank, int axis, int size, int same)
    {
        var isSame = call.Text("auto_pad").StartsWith("SAME", StringComparison.Ordinal);
        if (call.Ints("output_shape") is { } asked || isSame)
        {
            var shape = call.Ints("output_shape");
            var total = size - (shape is null ? same : call.Size(shape[^(rank - axis)]));
            var half = (int)Math.Floor(total / 2.0);
            return call.Text("auto_pad") == "SAME_UPPER" ? (half, total - half) : (total - half, half);
        }

        if (call.Text("auto_pad") == "VALID" || call.Ints("pads") is not { Length: > 0 } pads) return (0, 0);
        return pads.Length == 2 * rank ? (call.Size(pads[axis]), call.Size(pads[axis + rank])) : throw call.Fault($"{pads.Length} pads for {rank} axes");
    }

    private static int RankOf(OnnxCall call, Tensor x, Tensor weight)
    {
        var rank = x.Rank - 2;
        if (rank is < 1 or > 3 || weight.Rank != x.Rank)
            throw call.Fault($"{x.Describe()} and filters {weight.Describe()}; expected one to three axes of places");
        if (call.Ints("kernel_shape") is { Length: > 0 } kernel && !call.Sizes(kernel).AsSpan().SequenceEqual(weight.Shape.AsSpan()[2..]))
            throw call.Fault($"kernel_shape [{string.Join(", ", kernel)}] of filters {weight.Describe()}");
        return rank;
    }

    private static Size2 Two(int[] sizes) => (sizes[0], sizes[1]);

    private static Size3 Three(int[] sizes) => (sizes[0], sizes[1], sizes[2]);

    // Columns of windows added up where they lie, for any number of axes.
    private static Tensor Col2Im(OnnxCall call)
    {
        var (x, image, block) = (call.X, call.Sizes(call.RequiredWholes(1)), call.Sizes(call.RequiredWholes(2)));
        var geometry = WindowGeometry.Of(call, image, block);
        var sizes = image.Select((size, axis) => size + geometry.Before[axis] + geometry.After[axis]).ToArray();
        var places = geometry.Windows(Tensor.Arange(sizes.Aggregate(1, static (product, size) => checked(product * size))).Reshape(sizes));
        var rank = image.Length;
        // [positions…, windows…], as the columns are.
        places = places.Permute([.. Enumerable.Range(rank, rank), .. Enumerable.Range(0, rank)]);
        var positions = block.Aggregate(1, static (product, size) => product * size);
        var (n, channels) = (x.Shape[0], x.Shape[1] / positions);
        var values = x.Reshape(n, channels, (int)places.Count);
        var index = places.Reshape(1, 1, (int)places.Count).BroadcastTo(values.Shape);
        var sum = Tensor.Zeros([n, channels, sizes.Aggregate(1, static (product, size) => product * size)], x.DType).ScatterAdd(2, index, values);
        var result = sum.Reshape([n, channels, .. sizes]);
        for (var axis = 0; axis < rank; axis++) result = result.Slice(axis + 2, geometry.Before[axis], image[axis]);
        return result;
    }
}
