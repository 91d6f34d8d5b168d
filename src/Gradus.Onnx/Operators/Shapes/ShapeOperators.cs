namespace Gradus.Onnx;

/// <summary>What moves elements and computes none.</summary>
internal static class ShapeOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Identity", 1, static call => call.X),
        new("Reshape", 1, static call => Reshape(call, call.Ints("shape") ?? [])) { Until = 4 },
        new("Reshape", 5, static call => Reshape(call, call.RequiredWholes(1))),
        new("Flatten", 1, static call => call.X.Reshape(Matrix(call.X.Shape, Border(call)))),
        new("Squeeze", 1, static call => Squeeze(call, call.Ints("axes"))) { Until = 12 },
        new("Squeeze", 13, static call => Squeeze(call, call.Wholes(1))),
        new("Unsqueeze", 1, static call => Unsqueeze(call, call.Ints("axes") ?? [])) { Until = 12 },
        new("Unsqueeze", 13, static call => Unsqueeze(call, call.RequiredWholes(1))),
        new("Transpose", 1, static call => Transpose(call)),
        new("Concat", 1, static call => Concat(call)),
        new("Split", 1, static call => Split(call, call.Ints("split"))) { Until = 12 },
        new("Split", 13, static call => Split(call, call.Wholes(1))),
        new("Slice", 1, static call => Slices.Slice(call, call.RequiredInts("starts"), call.RequiredInts("ends"), call.Ints("axes"), null)) { Until = 9 },
        new("Slice", 10, static call => Slices.Slice(call, call.RequiredWholes(1), call.RequiredWholes(2), call.Wholes(3), call.Wholes(4))),
        new("Expand", 8, static call => Expand(call)),
        new("Tile", 6, static call => call.X.Tile(call.Sizes(call.RequiredWholes(1)))),
        new("Shape", 1, static call => SizesOf(call)),
        new("Size", 1, static call => Tensor.Scalar(call.X.Count)),
        new("Pad", 1, static call => Padding.Pad(call, call.Ints("paddings") ?? call.RequiredInts("pads"), call.Float("value", 0), null)) { Until = 10 },
        new("Pad", 11, static call => Padding.Pad(call, call.RequiredWholes(1), Padding.ValueOf(call), call.Wholes(3))) { Settings = [2] },
        new("CenterCropPad", 18, static call => Padding.CenterCropPad(call)),
        new("DepthToSpace", 1, static call => DepthToSpace(call)),
        new("SpaceToDepth", 1, static call => SpaceToDepth(call)),
        new("ReverseSequence", 10, static call => ReverseSequence(call)),
        new("Trilu", 14, static call => Triangle(call)),
    ];

    /// <summary>The shape as a matrix: the sizes before an axis multiplied, and those from it on.</summary>
    public static int[] Matrix(Shape shape, int axis)
    {
        var (rows, columns) = (1, 1);
        for (var at = 0; at < shape.Rank; at++)
        {
            if (at < axis) rows = checked(rows * shape[at]);
            else columns = checked(columns * shape[at]);
        }

        return [rows, columns];
    }

    private static int Border(OnnxCall call) => call.Int("axis", 1) is var axis && axis == call.X.Rank ? call.X.Rank : call.Axis(axis, call.X.Rank);

    // 0 takes the input's size, unless zeros are allowed; −1 is what is left.
    private static Tensor Reshape(OnnxCall call, ReadOnlySpan<long> sizes)
    {
        var x = call.X;
        var target = call.Sizes(sizes);
        var allowsZero = call.Flag("allowzero");
        for (var axis = 0; axis < target.Length; axis++)
        {
            if (target[axis] != 0 || allowsZero) continue;
            target[axis] = axis < x.Rank ? x.Shape[axis] : throw call.Fault($"size 0 of axis {axis}, which {x.Describe()} has not");
        }

        // What is left cannot be told by division where another size is 0.
        if (x.Count == 0 && Array.IndexOf(target, -1) is >= 0 and var free)
            target[free] = target.Contains(0) && allowsZero ? throw call.Fault("−1 beside a size of 0") : Free(x, target);
        return x.Reshape(target);
    }

    private static int Free(Tensor x, int[] target)
    {
        var rest = target.Where(static size => size > 0).Aggregate(1L, static (product, size) => product * size);
        return target.Contains(0) ? (int)(x.Shape.ToArray().Where(static size => size > 0).Aggregate(1L, static (product, size) => product * size) / rest) : 0;
    }

    private static Tensor Squeeze(OnnxCall call, long[]? axes)
    {
        var x = call.X;
        var dropped = axes is null ? [.. Enumerable.Range(0, x.Rank).Where(axis => x.Shape[axis] == 1)] : call.Axes(axes, x.Rank);
        foreach (var axis in dropped)
        {
            if (x.Shape[axis] != 1) throw call.Fault($"axis {axis} of {x.Describe()} is not of size 1");
        }

        return x.Reshape([.. Enumerable.Range(0, x.Rank).Except(dropped).Select(axis => x.Shape[axis])]);
    }

    private static Tensor Unsqueeze(OnnxCall call, long[] axes)
    {
        var x = call.X;
        var added = call.Axes(axes, x.Rank + axes.Length).ToHashSet();
        if (added.Count < axes.Length) throw call.Fault("an axis is given twice");
        var sizes = new int[x.Rank + axes.Length];
        var from = 0;
        for (var axis = 0; axis < sizes.Length; axis++) sizes[axis] = added.Contains(axis) ? 1 : x.Shape[from++];
        return x.Reshape(sizes);
    }

    private static Tensor Transpose(OnnxCall call)
    {
        var order = call.Ints("perm") is { } given ? call.Sizes(given) : [.. Enumerable.Range(0, call.X.Rank).Reverse()];
        return call.X.Permute(order);
    }

    private static Tensor Concat(OnnxCall call)
    {
        // A 1-D tensor of nothing fits any other.
        var inputs = call.Inputs();
        return Tensor.Concat(inputs, call.Axis("axis", 1, inputs[0].Rank));
    }

    private static OnnxResults Split(OnnxCall call, long[]? sizes)
    {
        var x = call.X;
        var axis = call.Axis("axis", 0, x.Rank);
        if (sizes is not null) return x.Split(call.Sizes(sizes), axis);
        // In equal parts, of which the last may be smaller.
        var count = call.Size(call.Int("num_outputs", call.OutputCount));
        if (count < 1) throw call.Fault($"{count} parts");
        var size = (x.Shape[axis] + count - 1) / count;
        var parts = new int[count];
        for (var (index, left) = (0, x.Shape[axis]); index < count; index++, left -= parts[index - 1]) parts[index] = Math.Min(size, left);
        return x.Split(parts, axis);
    }

    private static Tensor Expand(OnnxCall call)
    {
        // A size of 1 in the asked shape leaves the input's as it is.
        var (x, asked) = (call.X, call.Sizes(call.RequiredWholes(1)));
        var rank = Math.Max(x.Rank, asked.Length);
        var sizes = new int[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            var own = axis - rank + x.Rank is >= 0 and var at ? x.Shape[at] : 1;
            var wanted = axis - rank + asked.Length is >= 0 and var place ? asked[place] : 1;
            sizes[axis] = wanted == 1 ? own : wanted;
        }

        return x.BroadcastTo(Shape.Create(sizes));
    }

    private static Tensor SizesOf(OnnxCall call)
    {
        var sizes = Array.ConvertAll(call.X.Shape.ToArray(), static size => (long)size);
        var (start, end) = (Bound(call.Int("start", 0), sizes.Length), Bound(call.Int("end", sizes.Length), sizes.Length));
        return Tensor.From<long>(sizes.AsSpan(start, Math.Max(0, end - start)), [Math.Max(0, end - start)]);
    }

    private static int Bound(long at, int rank) => (int)Math.Clamp(at < 0 ? at + rank : at, 0, rank);

    private static Tensor DepthToSpace(OnnxCall call)
    {
        var (x, block) = (call.X, call.Size(call.Int("blocksize")));
        var (n, c, h, w) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
        if (block < 1 || c % (block * block) != 0) throw call.Fault($"blocks of {block} × {block} of {x.Describe()}");
        var depth = c / (block * block);
        if (call.Text("mode", "DCR") is not ("DCR" or "CRD")) throw call.Fault($"mode {PlainText.Quote(call.Text("mode"))}, expected DCR or CRD");
        return (call.Text("mode", "DCR") == "CRD"
            ? x.Reshape(n, depth, block, block, h, w).Permute(0, 1, 4, 2, 5, 3)
            : x.Reshape(n, block, block, depth, h, w).Permute(0, 3, 4, 1, 5, 2)).Reshape(n, depth, h * block, w * block);
    }

    private static Tensor SpaceToDepth(OnnxCall call)
    {
        var (x, block) = (call.X, call.Size(call.Int("blocksize")));
        var (n, c, h, w) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
        if (block < 1 || h % block != 0 || w % block != 0) throw call.Fault($"blocks of {block} × {block} of {x.Describe()}");
        return x.Reshape(n, c, h / block, block, w / block, block).Permute(0, 3, 5, 1, 2, 4).Reshape(n, c * block * block, h / block, w / block);
    }

    private static Tensor ReverseSequence(OnnxCall call)
    {
        var (x, lengths) = (call.X, call.RequiredWholes(1));
        var (time, batch) = (call.Axis("time_axis", 0, x.Rank), call.Axis("batch_axis", 1, x.Rank));
        var (steps, rows) = (x.Shape[time], x.Shape[batch]);
        if (lengths.Length != rows || Array.Exists(lengths, length => length < 0 || length > steps))
            throw call.Fault($"{lengths.Length} lengths for {rows} sequences of {steps} steps");
        var index = new long[rows * steps];
        for (var row = 0; row < rows; row++)
        {
            for (var step = 0; step < steps; step++) index[(row * steps) + step] = step < lengths[row] ? lengths[row] - 1 - step : step;
        }

        // [batch, time, …] with the index along time.
        var moved = x.MoveAxis([batch, time], [0, 1]);
        var places = Tensor.From(index, [rows, steps, .. Enumerable.Repeat(1, x.Rank - 2)]).BroadcastTo(moved.Shape);
        return moved.Gather(1, places).MoveAxis([0, 1], [batch, time]);
    }

    private static Tensor Triangle(OnnxCall call)
    {
        var diagonal = call.Optional(1) is { } given ? Math.Clamp(call.Wholes(given)[0], -int.MaxValue / 2, int.MaxValue / 2) : 0;
        return call.Flag("upper", true) ? call.X.Triu((int)diagonal) : call.X.Tril((int)diagonal);
    }
}
