namespace Gradus.Onnx;

/// <summary>Comparisons and logic.</summary>
internal static class ComparisonRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.Equal, "Equal"),
        ExportRow.Of(Ops.NotEqual, static (call, x, y) => call.Add("Not", [call.Add("Equal", [x, y])])),
        ExportRow.Of(Ops.Less, Ordered("Less")),
        ExportRow.Of(Ops.LessOrEqual, Ordered("LessOrEqual")),
        ExportRow.Of(Ops.Greater, Ordered("Greater")),
        ExportRow.Of(Ops.GreaterOrEqual, Ordered("GreaterOrEqual")),
        ExportRow.Of(Ops.LogicalAnd, Truth("And")),
        ExportRow.Of(Ops.LogicalOr, Truth("Or")),
        ExportRow.Of(Ops.LogicalXor, Truth("Xor")),
        ExportRow.Of(Ops.LogicalNot, Truth("Not")),
        ExportRow.Of(Ops.All, static (call, axes) => call.Give(ReductionRows.OverTruth(call, axes, "ReduceMin"))),
        ExportRow.Of(Ops.Any, static (call, axes) => call.Give(ReductionRows.OverTruth(call, axes, "ReduceMax"))),
    ];

    // ONNX orders numbers alone.
    private static Action<ExportCall, Operators.None> Ordered(string op) => (call, _) =>
        call.Give(call.Add(op, call.Type() == DType.Bool ? call.All.Select(x => call.Cast(x, DType.Int32)) : call.All));

    private static Action<ExportCall, Operators.None> Truth(string op) => (call, _) =>
        call.Give(call.Add(op, call.Type() == DType.Bool ? call.All : call.All.Select(x => call.Cast(x, DType.Bool))));
}
