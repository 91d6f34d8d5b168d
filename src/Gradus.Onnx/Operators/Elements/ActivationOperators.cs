namespace Gradus.Onnx;

/// <summary>Activations, and softmax with what is like it.</summary>
internal static class ActivationOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Relu", 1, static call => call.X.Relu()),
        new("Sigmoid", 1, static call => call.X.Sigmoid()),
        new("LeakyRelu", 1, static call => call.X.LeakyRelu(call.Float("alpha", 0.01))),
        new("Elu", 1, static call => call.X.Elu(call.Float("alpha", 1))),
        new("Selu", 1, static call => Selu(call.X, call.Float("alpha", 1.6732632), call.Float("gamma", 1.0507010))) { Until = 5 },
        new("Selu", 6, static call => Selu(call.X, call.Float("alpha", 1.67326319217681884765625), call.Float("gamma", 1.05070102214813232421875))),
        new("Celu", 12, static call => call.X.Celu(call.Float("alpha", 1))),
        new("PRelu", 1, static call => call.X.PRelu(AlongChannels(call.X, call.Y))) { Until = 6 },
        new("PRelu", 7, static call => call.X.PRelu(call.Y)),
        new("ThresholdedRelu", 1, static call => call.X.Threshold(call.Float("alpha", 1), 0)),
        new("HardSigmoid", 1, static call => ((call.X * call.Float("alpha", 0.2)) + call.Float("beta", 0.5)).Clamp(0.0, 1.0)),
        new("HardSwish", 14, static call => call.X.Hardswish()),
        new("Softplus", 1, static call => call.X.Softplus()),
        new("Softsign", 1, static call => call.X.Softsign()),
        new("Swish", 24, static call => Swish(call.X, call.Float("alpha", 1))),
        new("Gelu", 20, static call => Gelu(call)),
        new("Mish", 18, static call => call.X.Mish()),
        new("Shrink", 9, static call => Shrink(call)),
        new("Softmax", 1, static call => OverRest(call, static rows => rows.Softmax())) { Until = 12 },
        new("Softmax", 13, static call => call.X.Softmax(call.Axis("axis", -1, call.X.Rank))),
        new("LogSoftmax", 1, static call => OverRest(call, static rows => rows.LogSoftmax())) { Until = 12 },
        new("LogSoftmax", 13, static call => call.X.LogSoftmax(call.Axis("axis", -1, call.X.Rank))),
        new("Hardmax", 1, static call => OverRest(call, static rows => Hardmax(rows, 1))) { Until = 12 },
        new("Hardmax", 13, static call => Hardmax(call.X, call.Axis("axis", -1, call.X.Rank))),
    ];

    private static Tensor Gelu(OnnxCall call) => call.Text("approximate", "none") switch
    {
        "none" => call.X.Gelu(),
        "tanh" => call.X.GeluTanh(),
        var other => throw call.Fault($"approximate {PlainText.Quote(other)}, expected none or tanh"),
    };

    private static Tensor Selu(Tensor x, double alpha, double gamma) =>
        ((float)alpha, (float)gamma) == (1.6732632423543772f, 1.0507009873554805f) ? x.Selu() : x.Elu(alpha) * gamma;

    private static Tensor Swish(Tensor x, double alpha) => alpha == 1 ? x.Silu() : x * (x * alpha).Sigmoid();

    // Before version 7 a slope for each channel stands alone.
    private static Tensor AlongChannels(Tensor x, Tensor slope)
    {
        if (slope.Rank != 1 || x.Rank < 2) return slope;
        return slope.Reshape([slope.Shape[0], .. Enumerable.Repeat(1, x.Rank - 2)]);
    }

    private static Tensor Shrink(OnnxCall call)
    {
        var (x, bias, lambda) = (call.X, call.Float("bias", 0), call.Float("lambd", 0.5));
        return Tensor.Where(x.Less(-lambda), x + bias, Tensor.Where(x.Greater(lambda), x - bias, Tensor.ZerosLike(x))).To(x.DType);
    }

    // Before version 13 the axes from one on are one row: [a, b, c] at axis 1 is [a, b·c].
    private static Tensor OverRest(OnnxCall call, Func<Tensor, Tensor> compute)
    {
        var x = call.X;
        var axis = call.Int("axis", 1) is var given && given == x.Rank ? x.Rank : call.Axis(given, x.Rank);
        return compute(x.Reshape(ShapeOperators.Matrix(x.Shape, axis))).Reshape(x.Shape.ToArray());
    }

    private static Tensor Hardmax(Tensor x, int axis) =>
        Tensor.ZerosLike(x).Scatter(axis, x.ArgMax(axis, keepDim: true), 1.0);
}
