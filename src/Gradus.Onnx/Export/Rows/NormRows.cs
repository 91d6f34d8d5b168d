using Gradus.Operators;

namespace Gradus.Onnx;

/// <summary>Norms over channels and rows.</summary>
internal static class NormRows
{
    private const int FirstLayerNorm = 17, FirstRmsNorm = 23;

    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.BatchNormInference, static (call, args) => call.One("BatchNormalization", Attributes.Float("epsilon", args.Epsilon))),
        ExportRow.Of(Ops.BatchNorm, BatchStatistics),
        ExportRow.Of(Ops.LayerNorm, static (call, args) => call.Give(Affine(call, Standardized(call, args, isCentered: true, -1).Normal))),
        ExportRow.Of(Ops.LayerNorm, static (call, args) => call.Give(call.Add(
            "LayerNormalization", [call[0], Weight(call), call[2]], Attributes.Int("axis", -1), Attributes.Float("epsilon", args.Epsilon))), FirstLayerNorm),
        ExportRow.Of(Ops.RmsNorm, static (call, args) => call.Give(Affine(call, Standardized(call, args, isCentered: false, -1).Normal))),
        ExportRow.Of(Ops.RmsNorm, static (call, args) => call.Give(call.Add(
            "RMSNormalization", [call[0], Weight(call)], Attributes.Int("axis", -1), Attributes.Float("epsilon", args.Epsilon))), FirstRmsNorm),
    ];

    private static string Weight(ExportCall call) => call.Inputs > 1 ? call[1] : call.Constant(Tensor.Ones([call.Fixed(call.Rank() - 1)], call.Type()));

    private static string Affine(ExportCall call, string normal)
    {
        if (call.Inputs > 1) normal = call.Add("Mul", [normal, call[1]]);
        return call.Inputs > 2 ? call.Add("Add", [normal, call[2]]) : normal;
    }

    private static (string Normal, string Mean, string Variance) Standardized(ExportCall call, NormArgs args, bool isCentered, params long[] axes)
    {
        var (x, mean) = (call[0], "");
        if (isCentered)
        {
            mean = call.Reduce("ReduceMean", x, keepDim: true, axes);
            x = call.Add("Sub", [x, mean]);
        }

        var variance = call.Reduce("ReduceMean", call.Add("Mul", [x, x]), keepDim: true, axes);
        var deviation = call.Add("Sqrt", [call.Add("Add", [variance, call.Number(args.Epsilon)])]);
        return (call.Add("Div", [x, deviation]), mean, variance);
    }

    private static void BatchStatistics(ExportCall call, NormArgs args)
    {
        long[] others = [.. Enumerable.Range(0, call.Rank()).Where(static axis => axis != 1).Select(static axis => (long)axis)];
        var (normal, mean, variance) = Standardized(call, args, isCentered: true, others);
        var channels = call.Whole([-1, .. Enumerable.Repeat(1L, call.Rank() - 2)]);
        var scaled = call.Add("Mul", [normal, call.Add("Reshape", [call[1], channels])]);
        call.Give(call.Add("Add", [scaled, call.Add("Reshape", [call[2], channels])]));
        call.Give(call.Add("Reshape", [mean, call.Whole(-1)]), 1);
        call.Give(call.Add("Reshape", [variance, call.Whole(-1)]), 2);
    }
}
