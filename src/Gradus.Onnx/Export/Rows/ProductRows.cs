namespace Gradus.Onnx;

/// <summary>Products of matrices.</summary>
internal static class ProductRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.MatMul, "MatMul"),
        ExportRow.Of(Ops.Linear, Linear),
        ExportRow.Of(Ops.Determinant, "Det"),
    ];

    // The weight stays as it is, [out, in].
    private static void Linear(ExportCall call, Operators.None none)
    {
        if (call.Rank() == 2)
        {
            call.One("Gemm", Attributes.Int("transB", 1));
            return;
        }

        var product = call.Add("MatMul", [call[0], call.Transpose(call[1], 1, 0)]);
        call.Give(call.Inputs > 2 ? call.Add("Add", [product, call[2]]) : product);
    }
}
