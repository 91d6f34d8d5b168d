using Gradus.Operators;

namespace Gradus.Onnx;

/// <summary>Activations, softmax and the losses that are rows.</summary>
internal static class ActivationRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.Relu, "Relu"),
        ExportRow.Of(Ops.Sigmoid, "Sigmoid"),
        ExportRow.Of(Slopes.Logistic, "Sigmoid"),
        ExportRow.Of(Ops.Tanh, "Tanh"),
        ExportRow.Of(Slopes.Tanh, "Tanh"),
        ExportRow.Of(Ops.Softsign, "Softsign"),
        ExportRow.Of(Ops.Gelu, Gelu),
        ExportRow.Of(Ops.Gelu, "Gelu", since: 20),
        ExportRow.Of(Ops.GeluTanh, GeluTanh),
        ExportRow.Of(Ops.GeluTanh, static (call, _) => call.One("Gelu", Attributes.Text("approximate", "tanh")), since: 20),
        ExportRow.Of(Ops.Silu, static (call, x) => call.Add("Mul", [x, call.Add("Sigmoid", [x])])),
        ExportRow.Of(Ops.Elu, Elu),
        ExportRow.Of(Ops.LeakyRelu, static (call, slope) => call.One("LeakyRelu", Attributes.Float("alpha", slope))),
        ExportRow.Of(Ops.Softplus, Softplus),
        ExportRow.Of(Ops.LogSigmoid, static (call, x) => call.Add("Neg", [call.Add("Softplus", [call.Add("Neg", [x])])])),
        ExportRow.Of(Ops.Mish, static (call, x) => call.Add("Mul", [x, call.Add("Tanh", [call.Add("Softplus", [x])])])),
        ExportRow.Of(Ops.Mish, "Mish", since: 18),
        ExportRow.Of(Ops.Hardswish, static (call, x) =>
            call.Add("Mul", [x, call.Add("HardSigmoid", [x], Attributes.Float("alpha", 1 / 6.0), Attributes.Float("beta", 0.5))])),
        ExportRow.Of(Ops.Hardswish, "HardSwish", since: 14),
        ExportRow.Of(Ops.Tanhshrink, static (call, x) => call.Add("Sub", [x, call.Add("Tanh", [x])])),
        ExportRow.Of(Ops.Softmax, static (call, _) => call.One("Softmax", Attributes.Int("axis", -1))),
        ExportRow.Of(Ops.LogSoftmax, static (call, _) => call.One("LogSoftmax", Attributes.Int("axis", -1))),
        ExportRow.Of(Ops.CrossEntropy, CrossEntropy),
        ExportRow.Of(Ops.BinaryCrossEntropy, static (call, x, y) => call.Add("Sub", [call.Add("Softplus", [x]), call.Add("Mul", [x, y])])),
    ];

    private static string Gelu(ExportCall call, string x)
    {
        var share = call.Add("Add", [call.Add("Erf", [call.Add("Mul", [x, call.Number(Math.Sqrt(0.5))])]), call.Number(1)]);
        return call.Add("Mul", [call.Add("Mul", [x, call.Number(0.5)]), share]);
    }

    private static string GeluTanh(ExportCall call, string x)
    {
        var cube = call.Add("Mul", [call.Add("Mul", [x, x]), x]);
        var inner = call.Add("Add", [x, call.Add("Mul", [cube, call.Number(0.044715)])]);
        var share = call.Add("Add", [call.Add("Tanh", [call.Add("Mul", [inner, call.Number(Math.Sqrt(2 / Math.PI))])]), call.Number(1)]);
        return call.Add("Mul", [call.Add("Mul", [x, call.Number(0.5)]), share]);
    }

    private static void Elu(ExportCall call, EluArgs args)
    {
        if (args is { Scale: 1, InputScale: 1 }) call.One("Elu", Attributes.Float("alpha", args.Alpha));
        else if (args.InputScale == 1) call.One("Selu", Attributes.Float("alpha", args.Alpha), Attributes.Float("gamma", args.Scale));
        else
        {
            var x = call[0];
            // Above 0 the exponential may be infinite, and is not taken.
            var below = call.Add("Exp", [call.Add("Mul", [call.Add("Min", [x, call.Number(0)]), call.Number(args.InputScale)])]);
            below = call.Add("Mul", [call.Add("Sub", [below, call.Number(1)]), call.Number(args.Scale * args.Alpha)]);
            call.Give(call.Add("Where", [call.Add("Greater", [x, call.Number(0)]), call.Add("Mul", [x, call.Number(args.Scale)]), below]));
        }
    }

    private static void Softplus(ExportCall call, SoftplusArgs args)
    {
        // From 20 on the two differ by less than e^−20.
        if (args is { Beta: 1, Threshold: >= 20 })
        {
            call.One("Softplus");
            return;
        }

        var (x, beta) = (call[0], call.Number(args.Beta));
        var steep = call.Add("Mul", [x, beta]);
        var bent = call.Add("Div", [call.Add("Softplus", [steep]), beta]);
        call.Give(call.Add("Where", [call.Add("Greater", [steep, call.Number(args.Threshold)]), x, bent]));
    }

    private static string CrossEntropy(ExportCall call, string x, string labels)
    {
        var place = call.Add("Unsqueeze", [labels, call.Whole(1)]);
        var found = call.Add("GatherElements", [call.Add("LogSoftmax", [x], Attributes.Int("axis", 1)), place], Attributes.Int("axis", 1));
        return call.Add("Neg", [call.Add("Squeeze", [found, call.Whole(1)])]);
    }
}
