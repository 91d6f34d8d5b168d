namespace Gradus.Onnx;

/// <summary>A convolution whose windows look where offsets tell them. Dai et al., "Deformable convolutional networks", 2017.</summary>
internal static class DeformableConvolution
{
    public static Tensor Convolve(OnnxCall call)
    {
        var (x, weight, offset, bias, mask) = (call.X, call.Y, call[2], call.Optional(3), call.Optional(4));
        if (x.Rank != 4) throw call.Fault($"{x.Describe()}, expected [samples, channels, height, width]");
        var geometry = WindowGeometry.Of(call, x.Shape.AsSpan()[2..], weight.Shape.AsSpan()[2..]);
        var (groups, offsetGroups) = (call.Size(call.Int("group", 1)), call.Size(call.Int("offset_group", 1)));
        var (n, channels, filters) = (x.Shape[0], x.Shape[1], weight.Shape[0]);
        var (high, wide) = (offset.Shape[2], offset.Shape[3]);
        var positions = geometry.Kernel[0] * geometry.Kernel[1];

        // Where each position of each window looks: [samples · offset groups, positions, height, width].
        var moved = offset.Reshape(n * offsetGroups, positions, 2, high, wide);
        var rows = moved.Select(2, 0) + Grid(geometry, 0, high, isRow: true, x.DType);
        var columns = moved.Select(2, 1) + Grid(geometry, 1, wide, isRow: false, x.DType);
        var parts = x.Reshape(n * offsetGroups, channels / offsetGroups, x.Shape[2], x.Shape[3]);
        var values = Sampling.Sample(parts, [Sampling.Linear(Flat(rows)), Sampling.Linear(Flat(columns))]);
        if (mask is not null) values = values * mask.Reshape(n * offsetGroups, 1, positions * high * wide);

        // [samples, groups, channels of a group · positions, windows] times the filters.
        var columnsOfWindows = values.Reshape(n, groups, channels / groups * positions, high * wide);
        var filtersOfGroups = weight.Reshape(groups, filters / groups, channels / groups * positions);
        var result = filtersOfGroups.MatMul(columnsOfWindows).Reshape(n, filters, high, wide);
        return bias is null ? result : result + NormOperators.AlongChannels(bias, 4);
    }

    private static Tensor Flat(Tensor places) => places.Reshape(places.Shape[0], -1);

    // The places that the positions of the windows would look at without offsets.
    private static Tensor Grid(WindowGeometry geometry, int axis, int windows, bool isRow, DType dtype)
    {
        var (high, wide) = (geometry.Kernel[0], geometry.Kernel[1]);
        var inside = (Tensor.Arange(geometry.Kernel[axis]) * (long)geometry.Dilation[axis]) - (long)geometry.Before[axis];
        var position = (isRow ? inside.Unsqueeze(1) : inside.Unsqueeze(0)).BroadcastTo([high, wide]).Reshape(high * wide, 1, 1);
        var begin = Tensor.Arange(windows) * (long)geometry.Stride[axis];
        return (position + (isRow ? begin.Unsqueeze(1) : begin.Unsqueeze(0))).To(dtype);
    }
}
