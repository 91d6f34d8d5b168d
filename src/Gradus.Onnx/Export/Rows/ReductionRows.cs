using Gradus.Operators;

namespace Gradus.Onnx;

/// <summary>Sums, means, products and extremes along axes.</summary>
internal static class ReductionRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.Sum, static (call, axes) => call.Give(Over(call, axes, "ReduceSum"))),
        ExportRow.Of(Ops.Mean, static (call, axes) => call.Give(Over(call, axes, "ReduceMean"))),
        ExportRow.Of(Ops.Prod, static (call, axes) => call.Give(Over(call, axes, "ReduceProd"))),
        ExportRow.Of(Ops.Max, static (call, axes) => call.Give(Over(call, axes, "ReduceMax"))),
        ExportRow.Of(Ops.Min, static (call, axes) => call.Give(Over(call, axes, "ReduceMin"))),
        ExportRow.Of(Ops.MaxAlong, static (call, args) => Extreme(call, args, "ReduceMax", "ArgMax")),
        ExportRow.Of(Ops.MinAlong, static (call, args) => Extreme(call, args, "ReduceMin", "ArgMin")),
        ExportRow.Of(Ops.ArgMax, static (call, args) => call.Give(Place(call, args, "ArgMax"))),
        ExportRow.Of(Ops.ArgMin, static (call, args) => call.Give(Place(call, args, "ArgMin"))),
        ExportRow.Of(Ops.CumSum, static (call, args) => call.Give(call.Add(
            "CumSum", [InType(call, call[0]), call.Constant(Tensor.Scalar((long)args.Axis))], Attributes.Int("reverse", args.IsReversed ? 1 : 0)))),
    ];

    /// <summary>Whether all or any along axes are true, which are extremes of 0 and 1.</summary>
    public static string OverTruth(ExportCall call, Axes axes, string op)
    {
        var numbers = call.Cast(call.Type() == DType.Bool ? call[0] : call.Cast(call[0], DType.Bool), DType.Int32);
        return call.Cast(Over(call, axes, op, numbers), DType.Bool);
    }

    private static string Over(ExportCall call, Axes axes, string op) => Over(call, axes, op, InType(call, call[0]));

    private static string Over(ExportCall call, Axes axes, string op, string x)
    {
        long[] reduced = [.. Enumerable.Range(0, call.Rank()).Where(axes.Has).Select(static axis => (long)axis)];
        return reduced.Length == 0 ? x : call.Reduce(op, x, axes.KeepDim, reduced);
    }

    private static string InType(ExportCall call, string x) => call.Type() == call.OutputType() ? x : call.Cast(x, call.OutputType());

    private static void Extreme(ExportCall call, AxisArgs args, string extreme, string place)
    {
        call.Give(call.Reduce(extreme, call[0], args.KeepDim, args.Axis));
        call.Give(Place(call, args, place), 1);
    }

    private static string Place(ExportCall call, AxisArgs args, string op)
    {
        var x = call.Type() == DType.Bool ? call.Cast(call[0], DType.Int32) : call[0];
        return call.Add(op, [x], Attributes.Int("axis", args.Axis), Attributes.Int("keepdims", args.KeepDim ? 1 : 0));
    }
}
