namespace Gradus.Onnx;

/// <summary>Comparisons and logic.</summary>
internal static class ComparisonRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.One(Ops.Equal, "Equal"),
        ExportRow.Out(Ops.NotEqual, static (call, x, y) => call.Add("Not", [call.Add("Equal", [x, y])])),
        ExportRow.One(Ops.Less, Ordered("Less")),
        ExportRow.One(Ops.LessOrEqual, Ordered("LessOrEqual")),
        ExportRow.One(Ops.Greater, Ordered("Greater")),
        ExportRow.One(Ops.GreaterOrEqual, Ordered("GreaterOrEqual")),
        ExportRow.One(Ops.LogicalAnd, Truth("And")),
        ExportRow.One(Ops.LogicalOr, Truth("Or")),
        ExportRow.One(Ops.LogicalXor, Truth("Xor")),
        ExportRow.One(Ops.LogicalNot, Truth("Not")),
        ExportRow.Out(Ops.All, static (call, axes) => call.Give(ReductionRows.OverTruth(call, axes, "ReduceMin"))),
        ExportRow.Out(Ops.Any, static (call, axes) => call.Give(ReductionRows.OverTruth(call, axes, "ReduceMax"))),
    ];

    // ONNX orders numbers alone.
    private static Action<ExportCall, Operators.None> Ordered(string op) => (call, _) =>
        call.Give(call.Add(op, call.Type() == DType.Bool ? call.All.Select(x => call.Cast(x, DType.Int32)) : call.All));

    private static Action<ExportCall, Operators.None> Truth(string op) => (call, _) =>
        call.Give(call.Add(op, call.Type() == DType.Bool ? call.All : call.All.Select(x => call.Cast(x, DType.Bool))));
}
