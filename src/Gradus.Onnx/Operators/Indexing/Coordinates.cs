namespace Gradus.Onnx;

/// <summary>Parts of a tensor told by the first of their indices: <c>GatherND</c> and <c>ScatterND</c>.</summary>
internal static class Coordinates
{
    public static Tensor Gather(OnnxCall call)
    {
        var (x, index) = (call.X, call.Y);
        var batch = call.Size(call.Int("batch_dims", 0));
        var depth = index.Shape[-1];
        if (batch < 0 || batch >= index.Rank || batch + depth > x.Rank)
            throw call.Fault($"indices {index.Describe()} into {x.Describe()} with {batch} axes of batches");
        int[] result = [.. index.Shape.AsSpan()[..^1], .. x.Shape.AsSpan()[(batch + depth)..]];
        var (flat, rest) = (Flatten(call, x, index, batch, depth), Product(x.Shape.AsSpan()[(batch + depth)..]));
        return x.Reshape(Product(x.Shape.AsSpan()[..(batch + depth)]), rest).IndexSelect(0, flat).Reshape(result);
    }

    public static Tensor Scatter(OnnxCall call)
    {
        var (x, index, updates) = (call.X, call.Y, call[2]);
        var depth = index.Shape[-1];
        if (depth > x.Rank) throw call.Fault($"indices {index.Describe()} into {x.Describe()}");
        var (flat, rest) = (Flatten(call, x, index, 0, depth), Product(x.Shape.AsSpan()[depth..]));
        var rows = x.Reshape(Product(x.Shape.AsSpan()[..depth]), rest);
        var places = flat.Unsqueeze(1).BroadcastTo([(int)flat.Count, rest]);
        var values = updates.Reshape((int)flat.Count, rest);
        var result = IndexingOperators.ReductionOf(call) is { } reduction ? rows.ScatterReduce(0, places, values, reduction) : rows.Scatter(0, places, values);
        return result.Reshape(x.Shape.ToArray());
    }

    /// <summary>Coordinates as places in the flattened first axes, those of batches counted along.</summary>
    private static Tensor Flatten(OnnxCall call, Tensor x, Tensor index, int batch, int depth)
    {
        var flat = Tensor.Zeros(Shape.Create(index.Shape.AsSpan()[..^1]), DType.Int64);
        for (var axis = 0; axis < batch; axis++)
        {
            var along = Tensor.Arange(x.Shape[axis]).Reshape([x.Shape[axis], .. Enumerable.Repeat(1, index.Rank - 2 - axis)]);
            flat = (flat * (long)x.Shape[axis]) + along;
        }

        for (var axis = 0; axis < depth; axis++)
        {
            var size = x.Shape[batch + axis];
            var along = IndexingOperators.FromStart(index.Select(-1, axis), size);
            if (along.Count > 0 && (along.Less(0L) | along.GreaterOrEqual((long)size)).Any().Item<bool>())
                throw call.Fault($"an index is out of range for axis {batch + axis} of size {size}");
            flat = (flat * (long)size) + along;
        }

        return flat.Reshape([(int)flat.Count]);
    }

    private static int Product(ReadOnlySpan<int> sizes)
    {
        var product = 1;
        foreach (var size in sizes) product = checked(product * size);
        return product;
    }
}
