namespace Gradus.Onnx;

/// <summary>The largest, the smallest, the different.</summary>
internal static class OrderingOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("ArgMax", 1, static call => Arg(call, static (x, axis) => x.ArgMax(axis, keepDim: true))),
        new("ArgMin", 1, static call => Arg(call, static (x, axis) => x.ArgMin(axis, keepDim: true))),
        new("TopK", 1, static call => TopK(call, call.Int("k"))) { Until = 9 },
        new("TopK", 10, static call => TopK(call, call.RequiredWholes(1)[0])),
        new("Unique", 11, static call => Uniqueness.Unique(call)),
    ];

    private static Tensor Arg(OnnxCall call, Func<Tensor, int, Tensor> find)
    {
        var x = call.X;
        var axis = call.Axis("axis", 0, x.Rank);
        // Of equal ones the last is the first from behind.
        var places = call.Flag("select_last_index") ? (x.Shape[axis] - 1L) - find(x.Flip(axis), axis) : find(x, axis);
        return call.Flag("keepdims", true) ? places : places.Squeeze(axis);
    }

    private static OnnxResults TopK(OnnxCall call, long count)
    {
        var axis = call.Axis("axis", -1, call.X.Rank);
        return call.X.TopK(call.Size(count), axis, call.Flag("largest", true));
    }
}
