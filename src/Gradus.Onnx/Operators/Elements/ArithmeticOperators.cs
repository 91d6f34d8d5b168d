namespace Gradus.Onnx;

/// <summary>Sums, products and what is like them, element by element.</summary>
internal static class ArithmeticOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Add", 1, static call => Aligned(call, static (x, y) => x + y)) { Until = 6 },
        new("Add", 7, static call => call.X + call.Y),
        new("Sub", 1, static call => Aligned(call, static (x, y) => x - y)) { Until = 6 },
        new("Sub", 7, static call => call.X - call.Y),
        new("Mul", 1, static call => Aligned(call, static (x, y) => x * y)) { Until = 6 },
        new("Mul", 7, static call => call.X * call.Y),
        new("Div", 1, static call => Aligned(call, Divide)) { Until = 6 },
        new("Div", 7, static call => Divide(call.X, call.Y)),
        new("Pow", 1, static call => Aligned(call, Power)) { Until = 6 },
        new("Pow", 7, static call => Power(call.X, call.Y)),
        new("Mod", 10, static call => Modulo(call)),
        new("Neg", 1, static call => -call.X),
        new("Abs", 1, static call => call.X.Abs()),
        new("Sign", 9, static call => call.X.Sign()),
        new("Reciprocal", 1, static call => call.X.Reciprocal()),
        new("Min", 1, static call => Fold(call, static (x, y) => x.Minimum(y))),
        new("Max", 1, static call => Fold(call, static (x, y) => x.Maximum(y))),
        new("Sum", 1, static call => Fold(call, static (x, y) => x + y)),
        new("Mean", 1, static call => (Fold(call, static (x, y) => Wide(x) + Wide(y)) / (double)call.InputCount).To(call.X.DType)),
        new("Clip", 1, static call => call.X.Clamp(call.Float("min", double.NegativeInfinity), call.Float("max", double.PositiveInfinity))),
        new("Clip", 11, static call => call.X.Clamp(call.Optional(1), call.Optional(2))) { Settings = [1, 2] },
        new("BitwiseAnd", 18, static call => Integers.Map(call.X, call.Y, static (x, y) => x & y)),
        new("BitwiseOr", 18, static call => Integers.Map(call.X, call.Y, static (x, y) => x | y)),
        new("BitwiseXor", 18, static call => Integers.Map(call.X, call.Y, static (x, y) => x ^ y)),
        new("BitwiseNot", 18, static call => Integers.Map(call.X, static x => ~x)),
    ];

    /// <summary>Before version 7 the second operand is brought to the first one's axes by an attribute, and does not broadcast by itself.</summary>
    public static Tensor Aligned(OnnxCall call, Func<Tensor, Tensor, Tensor> compute)
    {
        var (x, y) = (call.X, call.Y);
        if (!call.Flag("broadcast") || y.Rank == x.Rank) return compute(x, y);
        var axis = (int)call.Int("axis", x.Rank - y.Rank);
        if (axis < 0) axis += x.Rank;
        if (axis + y.Rank > x.Rank) throw call.Fault($"{y.Describe()} does not fit {x.Describe()} from axis {axis} on");
        var sizes = y.Shape.ToArray().Concat(Enumerable.Repeat(1, x.Rank - axis - y.Rank)).ToArray();
        return compute(x, y.Reshape(sizes));
    }

    /// <summary>x / y; of whole numbers the quotient without its fraction, as in C.</summary>
    public static Tensor Divide(Tensor x, Tensor y) =>
        x.DType.IsFloat ? x / y : Integers.Map(x, y, static (x, y) => y switch
        {
            0 => throw new GradusException("division of a whole number by 0."),
            // The least number of all has no opposite.
            -1 => -x,
            _ => x / y,
        });

    /// <summary>x to the power of y, in the element type of x.</summary>
    private static Tensor Power(Tensor x, Tensor y)
    {
        if (!x.DType.IsFloat && !y.DType.IsFloat) return Integers.Map(x.To(DType.Int64), y.To(DType.Int64), Integers.Power).To(x.DType);
        if (!x.DType.IsFloat) return x.To(DType.Float64).Pow(y.To(DType.Float64)).To(x.DType);
        return x.Pow(y.To(x.DType));
    }

    // The sign of what is left is the divisor's, with fmod the dividend's.
    private static Tensor Modulo(OnnxCall call) => call.Flag("fmod") ? call.X.Fmod(call.Y) : call.X.Remainder(call.Y);

    // A sum of half numbers may be beyond what they hold, though their mean is not.
    private static Tensor Wide(Tensor x) => x.DType.IsHalf ? x.To(DType.Float32) : x;

    private static Tensor Fold(OnnxCall call, Func<Tensor, Tensor, Tensor> combine)
    {
        var result = call.X;
        for (var index = 1; index < call.InputCount; index++) result = combine(result, call[index]);
        return result;
    }
}
