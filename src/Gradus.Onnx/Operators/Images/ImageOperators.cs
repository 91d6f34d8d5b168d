namespace Gradus.Onnx;

/// <summary>Images made larger or smaller, and looked at from elsewhere.</summary>
internal static class ImageOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Upsample", 7, static call => Resizing.Upsample(call, call.Floats("scales") ?? throw call.Fault("attribute scales is missing"))) { Until = 8 },
        new("Upsample", 9, static call => Resizing.Upsample(call, Resizing.Numbers(call.Y))) { Settings = [1] },
        new("Resize", 10, static call => Resizing.Upsample(call, Resizing.Numbers(call.Y))) { Until = 10, Settings = [1] },
        new("Resize", 11, static call => Resizing.Resize(call)) { Settings = [1, 2] },
        new("GridSample", 16, static call => GridSample(call)),
        new("AffineGrid", 20, static call => AffineGrid(call)),
    ];

    private static Tensor GridSample(OnnxCall call)
    {
        var (x, grid) = (call.X, call.Y);
        var rank = x.Rank - 2;
        var aligns = call.Flag("align_corners");
        var (mode, padding) = (call.Text("mode", "linear"), call.Text("padding_mode", "zeros"));
        var places = grid.Reshape(grid.Shape[0], -1, rank);
        var taps = new Sampling.Tap[rank][];
        for (var axis = 0; axis < rank; axis++)
        {
            // The last axis comes first in the grid, from −1 to 1.
            var (along, size) = (places.Select(2, rank - 1 - axis), x.Shape[axis + 2]);
            var place = aligns ? (along + 1.0) * ((size - 1) / 2.0) : (((along + 1.0) * size) - 1.0) / 2.0;
            // A place outside is brought inside before its points are looked for, except by cubic sampling, which folds each point.
            if (mode is not ("bicubic" or "cubic")) place = Inside(call, place, size, padding, aligns);
            taps[axis] = mode switch
            {
                "bilinear" or "linear" => Sampling.Linear(place),
                "nearest" => Sampling.Nearest(place),
                "bicubic" or "cubic" => Sampling.Cubic(place, -0.75),
                var other => throw call.Fault($"mode {PlainText.Quote(other)}"),
            };
        }

        Func<Tensor, int, Tensor>? fold = padding == "zeros"
            ? null
            : (index, size) => Inside(call, index.To(DType.Float64), size, padding, aligns).Round().To(DType.Int64);
        int[] sizes = [x.Shape[0], x.Shape[1], .. grid.Shape.AsSpan()[1..^1]];
        return Sampling.Sample(x, taps, fold).Reshape(sizes).To(x.DType);
    }

    private static Tensor Inside(OnnxCall call, Tensor place, int size, string padding, bool aligns) => padding switch
    {
        "zeros" => place,
        "border" => place.Clamp(0.0, size - 1.0),
        "reflection" => aligns ? Reflect(place, 0, size - 1) : Reflect(place, -0.5, size - 0.5).Clamp(0.0, size - 1.0),
        var other => throw call.Fault($"padding_mode {PlainText.Quote(other)}"),
    };

    // Back and forth between two mirrors.
    private static Tensor Reflect(Tensor place, double low, double high)
    {
        var width = high - low;
        if (width <= 0) return place * 0.0;
        var along = (place - low).Remainder(2 * width);
        return Tensor.Where(along.Greater(width), (2 * width) - along, along) + low;
    }

    private static Tensor AffineGrid(OnnxCall call)
    {
        var (theta, sizes, aligns) = (call.X, call.Sizes(call.RequiredWholes(1)), call.Flag("align_corners"));
        var places = sizes[2..];
        var rank = places.Length;
        var axes = new Tensor[rank + 1];
        for (var axis = 0; axis < rank; axis++)
        {
            var size = places[axis];
            var steps = Tensor.Arange(size).To(theta.DType);
            var along = aligns ? (size == 1 ? steps : (steps * (2.0 / (size - 1))) - 1.0) : ((steps * 2.0) + 1.0) / size - 1.0;
            int[] shape = [.. Enumerable.Repeat(1, axis), size, .. Enumerable.Repeat(1, rank - 1 - axis)];
            // The last axis comes first.
            axes[rank - 1 - axis] = along.Reshape(shape).BroadcastTo(Shape.Create(places));
        }

        axes[rank] = Tensor.Ones(Shape.Create(places), theta.DType);
        var grid = Tensor.Stack(axes, rank).Reshape(1, -1, rank + 1);
        return grid.MatMul(theta.Transpose(1, 2)).Reshape([sizes[0], .. places, rank]);
    }
}
