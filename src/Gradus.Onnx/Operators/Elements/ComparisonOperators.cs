namespace Gradus.Onnx;

/// <summary>Comparisons, logic and choice, element by element.</summary>
internal static class ComparisonOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Equal", 1, static call => ArithmeticOperators.Aligned(call, static (x, y) => x.Equal(y))) { Until = 6 },
        new("Equal", 7, static call => call.X.Equal(call.Y)),
        new("Less", 1, static call => ArithmeticOperators.Aligned(call, static (x, y) => x.Less(y))) { Until = 6 },
        new("Less", 7, static call => call.X.Less(call.Y)),
        new("LessOrEqual", 12, static call => call.X.LessOrEqual(call.Y)),
        new("Greater", 1, static call => ArithmeticOperators.Aligned(call, static (x, y) => x.Greater(y))) { Until = 6 },
        new("Greater", 7, static call => call.X.Greater(call.Y)),
        new("GreaterOrEqual", 12, static call => call.X.GreaterOrEqual(call.Y)),
        new("And", 1, static call => ArithmeticOperators.Aligned(call, static (x, y) => x.LogicalAnd(y))) { Until = 6 },
        new("And", 7, static call => call.X.LogicalAnd(call.Y)),
        new("Or", 1, static call => ArithmeticOperators.Aligned(call, static (x, y) => x.LogicalOr(y))) { Until = 6 },
        new("Or", 7, static call => call.X.LogicalOr(call.Y)),
        new("Xor", 1, static call => ArithmeticOperators.Aligned(call, static (x, y) => x.LogicalXor(y))) { Until = 6 },
        new("Xor", 7, static call => call.X.LogicalXor(call.Y)),
        new("Not", 1, static call => call.X.LogicalNot()),
        new("Where", 9, static call => Tensor.Where(call.X, call.Y, call[2])),
    ];
}
