namespace Gradus.Onnx;

/// <summary>Functions of one number, element by element.</summary>
internal static class FunctionOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Sqrt", 1, static call => call.X.Sqrt()),
        new("Exp", 1, static call => call.X.Exp()),
        new("Log", 1, static call => call.X.Log()),
        new("Erf", 9, static call => call.X.Erf()),
        new("Sin", 7, static call => call.X.Sin()),
        new("Cos", 7, static call => call.X.Cos()),
        new("Tan", 7, static call => call.X.Tan()),
        new("Asin", 7, static call => call.X.Asin()),
        new("Acos", 7, static call => call.X.Acos()),
        new("Atan", 7, static call => call.X.Atan()),
        new("Sinh", 9, static call => call.X.Sinh()),
        new("Cosh", 9, static call => call.X.Cosh()),
        new("Tanh", 1, static call => call.X.Tanh()),
        new("Asinh", 9, static call => call.X.Asinh()),
        new("Acosh", 9, static call => call.X.Acosh()),
        new("Atanh", 9, static call => call.X.Atanh()),
        new("Ceil", 1, static call => call.X.Ceil()),
        new("Floor", 1, static call => call.X.Floor()),
        new("Round", 11, static call => call.X.Round()),
        new("IsNaN", 9, static call => call.X.IsNan()),
        new("IsInf", 10, static call => IsInfinite(call)),
    ];

    private static Tensor IsInfinite(OnnxCall call) => (call.Flag("detect_negative", true), call.Flag("detect_positive", true)) switch
    {
        (true, true) => call.X.IsInf(),
        (true, false) => call.X.Equal(double.NegativeInfinity),
        (false, true) => call.X.Equal(double.PositiveInfinity),
        _ => Tensor.Zeros(call.X.Shape, DType.Bool),
    };
}
