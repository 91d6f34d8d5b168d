namespace Gradus.Onnx;

/// <summary>Sums and the like along axes, and running ones.</summary>
internal static class ReductionOperators
{
    private delegate Tensor Reduction(Tensor x, int[] axes);

    public static readonly OnnxOperator[] Rows =
    [
        .. Both("ReduceSum", 13, static (x, axes) => x.Sum(axes, keepDim: true)),
        .. Both("ReduceMean", 18, static (x, axes) => Mean(x, axes)),
        .. Both("ReduceMax", 18, static (x, axes) => Extreme(x, axes, largest: true)),
        .. Both("ReduceMin", 18, static (x, axes) => Extreme(x, axes, largest: false)),
        .. Both("ReduceProd", 18, static (x, axes) => x.Prod(axes, keepDim: true)),
        .. Both("ReduceL1", 18, static (x, axes) => x.Abs().Sum(axes, keepDim: true)),
        .. Both("ReduceL2", 18, static (x, axes) => x.DType.IsFloat ? x.Norm(axes, keepDim: true) : x.To(DType.Float64).Norm(axes, keepDim: true).To(x.DType)),
        .. Both("ReduceSumSquare", 18, static (x, axes) => x.Square().Sum(axes, keepDim: true)),
        .. Both("ReduceLogSum", 18, static (x, axes) => x.Sum(axes, keepDim: true).Log()),
        .. Both("ReduceLogSumExp", 18, static (x, axes) => x.LogSumExp(axes, keepDim: true)),
        new("CumSum", 11, static call => Running(call, 0, static (x, axis) => x.CumSum(axis))),
        new("CumProd", 26, static call => Running(call, 1, static (x, axis) => x.CumProd(axis))),
    ];

    // The axes were an attribute at first, and are an input from a version on.
    private static OnnxOperator[] Both(string name, int since, Reduction reduce) =>
    [
        new(name, 1, call => Reduce(call, call.Ints("axes"), reduce)) { Until = since - 1 },
        new(name, since, call => Reduce(call, call.Wholes(1), reduce)),
    ];

    private static Tensor Reduce(OnnxCall call, long[]? axes, Reduction reduce)
    {
        var x = call.X;
        if (axes is null or { Length: 0 } && call.Flag("noop_with_empty_axes")) return reduce(x.Unsqueeze(0), [0]).Squeeze(0).To(x.DType);
        var along = axes is null or { Length: 0 } ? [.. Enumerable.Range(0, x.Rank)] : call.Axes(axes, x.Rank).Distinct().ToArray();
        // A scalar has one element to sum up.
        var result = (along.Length == 0 ? reduce(x.Unsqueeze(0), [0]).Squeeze(0) : reduce(x, along)).To(x.DType);
        if (call.Flag("keepdims", true)) return result;
        return result.Reshape([.. Enumerable.Range(0, x.Rank).Except(along).Select(axis => x.Shape[axis])]);
    }

    private static Tensor Mean(Tensor x, int[] axes)
    {
        if (x.DType.IsFloat) return x.Mean(axes, keepDim: true);
        var count = axes.Aggregate(1L, (count, axis) => count * x.Shape[axis]);
        return ArithmeticOperators.Divide(x.Sum(axes, keepDim: true).To(x.DType), Tensor.Scalar(count).To(x.DType));
    }

    private static Tensor Extreme(Tensor x, int[] axes, bool largest)
    {
        if (x.DType == DType.Bool) return largest ? x.Any(axes, keepDim: true) : x.All(axes, keepDim: true);
        if (x.Count > 0) return largest ? x.AMax(axes, keepDim: true) : x.AMin(axes, keepDim: true);
        // Of nothing the largest is the least that there is.
        var sizes = x.Shape.ToArray();
        foreach (var axis in axes) sizes[axis] = 1;
        var shape = Shape.Create(sizes);
        return x.DType switch
        {
            DType.Int64 => Tensor.Full(shape, largest ? long.MinValue : long.MaxValue, DType.Int64),
            DType.Int32 => Tensor.Full(shape, largest ? int.MinValue : (long)int.MaxValue, DType.Int32),
            _ => Tensor.Full(shape, largest ? double.NegativeInfinity : double.PositiveInfinity, x.DType),
        };
    }

    private static Tensor Running(OnnxCall call, long first, Func<Tensor, int, Tensor> run)
    {
        var x = call.X;
        var axis = call.Axis(call.RequiredWholes(1)[0], x.Rank);
        if (call.Flag("reverse")) x = x.Flip(axis);
        if (call.Flag("exclusive")) x = x.Slice(axis, 0, Math.Max(0, x.Shape[axis] - 1)).Pad(axis, Math.Min(1, x.Shape[axis]), 0, first);
        var result = run(x, axis).To(x.DType);
        return call.Flag("reverse") ? result.Flip(axis) : result;
    }
}
