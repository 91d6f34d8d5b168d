namespace Gradus.Onnx;

/// <summary>Elements chosen by where they are, and put where they belong.</summary>
internal static class IndexingOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Gather", 1, static call => Gather(call)),
        new("GatherElements", 11, static call => GatherElements(call)),
        new("GatherND", 11, static call => Coordinates.Gather(call)),
        new("Scatter", 9, static call => ScatterElements(call)),
        new("ScatterElements", 11, static call => ScatterElements(call)),
        new("ScatterND", 11, static call => Coordinates.Scatter(call)),
        new("TensorScatter", 24, static call => TensorScatter(call)),
        new("Compress", 9, static call => Compress(call)),
        new("NonZero", 9, static call => call.X.NonZero().Transpose(0, 1)),
    ];

    /// <summary>An index that may count from the end, from the beginning.</summary>
    public static Tensor FromStart(Tensor index, long size)
    {
        index = index.To(DType.Int64);
        return Tensor.Where(index.Less(0L), index + size, index);
    }

    private static Tensor Gather(OnnxCall call)
    {
        var (x, index) = (call.X, call.Y);
        var axis = call.Axis("axis", 0, x.Rank);
        var places = FromStart(index, x.Shape[axis]);
        int[] sizes = [.. x.Shape.AsSpan()[..axis], .. index.Shape.AsSpan(), .. x.Shape.AsSpan()[(axis + 1)..]];
        return x.IndexSelect(axis, places.Reshape([(int)places.Count])).Reshape(sizes);
    }

    private static Tensor GatherElements(OnnxCall call)
    {
        var x = call.X;
        var axis = call.Axis("axis", 0, x.Rank);
        return x.Gather(axis, FromStart(call.Y, x.Shape[axis]));
    }

    private static Tensor ScatterElements(OnnxCall call)
    {
        var (x, updates) = (call.X, call[2]);
        var axis = call.Axis("axis", 0, x.Rank);
        var index = FromStart(call.Y, x.Shape[axis]);
        return ReductionOf(call) is { } reduction ? x.ScatterReduce(axis, index, updates, reduction) : x.Scatter(axis, index, updates);
    }

    /// <summary>What becomes of elements that fall into one place; null where the last stays.</summary>
    public static ScatterReduction? ReductionOf(OnnxCall call) => call.Text("reduction", "none") switch
    {
        "none" => null,
        "add" => ScatterReduction.Sum,
        "mul" => ScatterReduction.Product,
        "min" => ScatterReduction.Min,
        "max" => ScatterReduction.Max,
        var other => throw call.Fault($"reduction {PlainText.Quote(other)}"),
    };

    // A cache of keys or values [batch, …, places, …] into which each sample writes from a place of its own on.
    private static Tensor TensorScatter(OnnxCall call)
    {
        var (cache, update) = (call.X, call.Y);
        var axis = call.Axis("axis", -2, cache.Rank);
        var (size, count) = (cache.Shape[axis], update.Shape[axis]);
        var starts = call.Optional(2) is { } given ? given.To(DType.Int64) : Tensor.Zeros([cache.Shape[0]], DType.Int64);
        var steps = Tensor.Arange(count).Reshape([count, .. Enumerable.Repeat(1, cache.Rank - 1 - axis)]);
        var places = starts.Reshape([starts.Shape[0], .. Enumerable.Repeat(1, cache.Rank - 1)]) + steps;
        if (call.Text("mode", "linear") == "circular") places = places.Remainder((long)size);
        return cache.Scatter(axis, places.BroadcastTo(update.Shape), update);
    }

    private static Tensor Compress(OnnxCall call)
    {
        var (x, isKept) = (call.X, call.Y);
        if (!call.Has("axis")) x = x.Reshape([(int)x.Count]);
        var axis = call.Axis("axis", 0, x.Rank);
        var places = isKept.Slice(0, 0, Math.Min(isKept.Shape[0], x.Shape[axis])).NonZero();
        return x.IndexSelect(axis, places.Reshape([places.Shape[0]]));
    }
}
