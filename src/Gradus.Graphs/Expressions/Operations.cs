using System.Globalization;

namespace Gradus.Graphs;

/// <summary>The operations that an expression may use.</summary>
internal static class Operations
{
    public static readonly Operation Add = Infix(Ops.Add, "+", static (x, y) => x + y) with { IsOrdered = false };
    public static readonly Operation Subtract = Infix(Ops.Subtract, "-", static (x, y) => x - y);
    public static readonly Operation Multiply = Infix(Ops.Multiply, "*", static (x, y) => x * y) with { IsOrdered = false };
    public static readonly Operation Divide = Infix(Ops.Divide, "/", static (x, y) => x / y);
    public static readonly Operation Remainder = Infix(Ops.Remainder, "%", static (x, y) => x.Remainder(y));
    public static readonly Operation Negate = Infix(Ops.Negate, "-", static (x, _) => -x) with { Arity = 1 };
    public static readonly Operation MatMul = Infix(Ops.MatMul, "@", static (x, y) => x.MatMul(y)) with { Rule = Rules.MatMul };

    // A power by a constant takes the engine's exact ways for whole exponents.
    public static readonly Operation Power =
        Infix(Ops.Pow, "**", static (x, y) => y is { Node: null, Rank: 0 } ? x.Pow(y.Item()) : x.Pow(y)) with { Rule = Rules.Power };

    public static readonly Operation FloorDivide = new()
    {
        Name = "floordiv",
        Symbol = "//",
        Infix = "//",
        Arity = 2,
        Apply = static (inputs, _) => (inputs[0] / inputs[1]).Floor(),
        Derivatives = [new("0", "0"), new("0", "0")],
    };

    public static readonly Operation Stack = new()
    {
        Name = "stack",
        Symbol = "[ ]",
        Arity = null,
        Apply = static (inputs, _) => Tensor.Stack(inputs),
        Rule = Rules.Stack,
    };

    public static readonly Operation Transpose = Composed("transpose", Ops.Permute.Symbol!, 1, static (x, _) => Transposed(x[0]), Rules.Transpose);

    public static readonly Operation Concat = Composed("concat", "concat", 0, static (x, axis) => Tensor.Concat(x, axis ?? 0), Rules.Concat) with
    {
        Arity = null,
        TakesAxis = true,
        Check = static inputs => Array.ForEach(inputs, static input => RequireAxis("concat", input)),
    };

    /// <summary>Without sizes; <see cref="ReshapeTo"/> has them.</summary>
    public static readonly Operation Reshape = Composed("reshape", "reshape", 1, static (x, _) => x[0], Rules.Reshape);

    /// <summary>Over the last axis, without weight and bias, with ε = 10⁻⁵.</summary>
    public static readonly Operation LayerNorm = Composed("layernorm", "layernorm", 1, static (x, _) => x[0].LayerNorm(), Rules.LayerNorm) with
    {
        Check = static inputs => RequireAxis("layernorm", inputs[0]),
    };

    private static readonly Dictionary<string, Operation> Comparisons = new()
    {
        ["<"] = Relation("less", "<", "<", static (x, y) => x < y),
        ["<="] = Relation("lessorequal", "≤", "<=", static (x, y) => x <= y),
        [">"] = Relation("greater", ">", ">", static (x, y) => x > y),
        [">="] = Relation("greaterorequal", "≥", ">=", static (x, y) => x >= y),
        ["=="] = Relation("equal", "=", "==", static (x, y) => x.Equal(y)),
        ["!="] = Relation("notequal", "≠", "!=", static (x, y) => x.NotEqual(y)),
    };

    private static readonly Operation Larger = Function(Ops.Maximum, 2, static (x, _) => x[0].Maximum(x[1])) with { IsOrdered = false };
    private static readonly Operation Smaller = Function(Ops.Minimum, 2, static (x, _) => x[0].Minimum(x[1])) with { IsOrdered = false };

    // Each function under the names it may be called by.
    private static readonly Dictionary<string, Operation[]> Functions = ByName(
    [
        Unary(Ops.Exp, static x => x.Exp()),
        Unary(Ops.ExpM1, static x => x.ExpM1()),
        Unary(Ops.Log, static x => x.Log()),
        Unary(Ops.Log1P, static x => x.Log1P()),
        Unary(Ops.Log2, static x => x.Log2()),
        Unary(Ops.Log10, static x => x.Log10()),
        Unary(Ops.Sqrt, static x => x.Sqrt()),
        Unary(Ops.Square, static x => x.Square()),
        Unary(Ops.Abs, static x => x.Abs()),
        Unary(Ops.Sign, static x => x.Sign()),
        Unary(Ops.Floor, static x => x.Floor()),
        Unary(Ops.Sin, static x => x.Sin()),
        Unary(Ops.Cos, static x => x.Cos()),
        Unary(Ops.Tan, static x => x.Tan()),
        Unary(Ops.Asin, static x => x.Asin()),
        Unary(Ops.Acos, static x => x.Acos()),
        Unary(Ops.Atan, static x => x.Atan()),
        Unary(Ops.Sinh, static x => x.Sinh()),
        Unary(Ops.Cosh, static x => x.Cosh()),
        Unary(Ops.Tanh, static x => x.Tanh()),
        Unary(Ops.Sigmoid, static x => x.Sigmoid()),
        Unary(Ops.Softplus, static x => x.Softplus()),
        Unary(Ops.Relu, static x => x.Relu()),
        Unary(Ops.Erf, static x => x.Erf()),
        Unary(Ops.Gelu, static x => x.Gelu()),
        Unary(Ops.Silu, static x => x.Silu()),
        Larger,
        Smaller,
        Larger with { Name = "max" },
        Smaller with { Name = "min" },
        Whole(Ops.Max, static (x, _) => x.Max(), Rules.Extreme),
        Whole(Ops.Min, static (x, _) => x.Min(), Rules.Extreme),
        Whole(Ops.Sum, static (x, axis) => axis is { } along ? x.Sum(along) : x.Sum(), Rules.Sum) with { TakesAxis = true },
        Whole(Ops.Mean, static (x, axis) => axis is { } along ? x.Mean(along) : x.Mean(), Rules.Mean) with { TakesAxis = true },
        Whole(Ops.Prod, static (x, axis) => axis is { } along ? x.Prod(along) : x.Prod(), Rules.Product) with { TakesAxis = true },
        Whole(Ops.Softmax, static (x, axis) => x.Softmax(axis ?? -1), Rules.Softmax) with { TakesAxis = true },
        Whole(Ops.LogSoftmax, static (x, axis) => x.LogSoftmax(axis ?? -1), Rules.LogSoftmax) with { TakesAxis = true },
        Composed("logsumexp", "logsumexp", 1, static (x, axis) => axis is { } along ? x[0].LogSumExp(along) : x[0].LogSumExp(), Rules.LogSumExp) with
        {
            TakesAxis = true,
        },
        Transpose,
        Reshape,
        Function(Ops.Where, 3, static (x, _) => Tensor.Where(x[0].NotEqual(0), x[1], x[2])),
        Concat,
        Composed("var", "var", 1, static (x, axis) => axis is { } along ? x[0].Var(along, correction: 0) : x[0].Var(correction: 0), Rules.Variance) with
        {
            TakesAxis = true,
        },
        Composed("norm", "norm", 1, static (x, axis) => axis is { } along ? x[0].Norm(along) : x[0].Norm(), Rules.Norm) with { TakesAxis = true },
        Composed("crossentropy", "crossentropy", 2, static (x, _) => CrossEntropy.Of(x[0], x[1]), Rules.CrossEntropy) with { Check = CrossEntropy.Check },
        LayerNorm,
        MatMul with { Infix = null },
        Composed("conv2d", "∗", 2, static (x, _) => Convolve(x[0], x[1]), Rules.Convolution),
        Composed("pow", Power.Symbol, 2, static (x, axis) => Power.Apply(x, axis), Rules.Power) with { Row = Ops.Pow },
        Stack,
    ]);

    private static readonly Dictionary<Op, Operation> ByRow = Functions.Values.SelectMany(static functions => functions)
        .Concat([Add, Subtract, Multiply, Divide, Remainder, Negate, MatMul, Power])
        .Where(static operation => operation.Row is not null).GroupBy(static operation => operation.Row!)
        // Where there are a sign and a function, the sign.
        .ToDictionary(static group => group.Key, static group => group.MaxBy(static operation => operation.Infix is not null)!);

    /// <summary>The names that can be called, in order.</summary>
    public static string Names => string.Join(", ", Functions.Keys.Append(Derivative.Name).Order(StringComparer.Ordinal));

    /// <summary>The functions of a name, which differ in how many inputs they take; none if there is no such name.</summary>
    public static IReadOnlyList<Operation> Find(string name) => Functions.GetValueOrDefault(name == "σ" ? "sigmoid" : name, []);

    /// <summary>The comparison of a sign; null where it is another sign.</summary>
    public static Operation? Comparison(string sign) => Comparisons.GetValueOrDefault(sign);

    /// <summary>The same elements in another shape; one size may be −1 and is then worked out.</summary>
    public static Operation ReshapeTo(int[] sizes) => Reshape with
    {
        Apply = (inputs, _) => inputs[0].Reshape(sizes),
        Form = inputs => $"reshape({inputs[0]}, {string.Join(", ", sizes)})",
    };

    /// <summary>The operation of a row; null where expressions have none.</summary>
    public static Operation? Of(Op row) => ByRow.GetValueOrDefault(row);

    /// <summary>A power by a number, whose derivative is written with that number: <c>3 * x**2</c>.</summary>
    public static Operation PowerBy(double exponent)
    {
        var (n, less) = (exponent.ToString(CultureInfo.InvariantCulture), (exponent - 1).ToString(CultureInfo.InvariantCulture));
        var symbol = exponent switch
        {
            0 => new DerivativeSymbol("0", "0"),
            1 => new("1", "1"),
            2 => new("2 * {x}", "2 {x}"),
            _ => new($"{n} * {{x}}**{less}", $"{n} {{x}}^{{{less}}}"),
        };
        var raised = n.Length == 1 ? "x" + "⁰¹²³⁴⁵⁶⁷⁸⁹"[n[0] - '0'] : Power.Symbol;
        return Power with { Symbol = raised, Rule = (use, input) => input == 0 ? symbol : Rules.Power(use, input) };
    }

    /// <summary>Images [N, C, H, W] and filters [O, C, h, w]; or one of each, [H, W] and [h, w].</summary>
    private static Tensor Convolve(Tensor x, Tensor w)
    {
        if (x.Rank != 2 || w.Rank != 2) return x.Conv2d(w);
        var y = x.Reshape(1, 1, x.Shape[0], x.Shape[1]).Conv2d(w.Reshape(1, 1, w.Shape[0], w.Shape[1]));
        return y.Reshape(y.Shape[2], y.Shape[3]);
    }

    private static Tensor Transposed(Tensor x) => x.Rank > 1 ? x.Transpose() : throw new GradusException(
        $"transpose: {(x.Rank == 0 ? "a single number" : $"a vector of {x.Shape[0]}")} has no rows and columns to exchange. A row is written [[1, 2]].");

    private static void RequireAxis(string function, Tensor x)
    {
        if (x.Rank == 0) throw new GradusException($"{function}: got a single number, expected a vector or matrix. A vector of one is written [x].");
    }

    private static Operation Relation(string name, string symbol, string sign, Func<Tensor, Tensor, Tensor> holds) => new()
    {
        Name = name,
        Symbol = symbol,
        Infix = sign,
        Arity = 2,
        Apply = (inputs, _) => holds(inputs[0], inputs[1]).To(DType.Float64),
        Derivatives = [new("0", "0")],
    };

    private static Operation Infix(Op row, string infix, Func<Tensor, Tensor, Tensor> apply) =>
        Of(row, 2, (inputs, _) => apply(inputs[0], inputs[^1])) with { Infix = infix };

    private static Operation Function(Op row, int arity, Func<Tensor[], int?, Tensor> apply) => Of(row, arity, apply);

    private static Operation Unary(Op row, Func<Tensor, Tensor> apply) => Of(row, 1, (inputs, _) => apply(inputs[0]));

    private static Operation Whole(Op row, Func<Tensor, int?, Tensor> apply, Func<OperationUse, int, DerivativeSymbol> rule) =>
        Of(row, 1, (inputs, axis) => apply(inputs[0], axis)) with { Rule = rule };

    private static Operation Of(Op row, int arity, Func<Tensor[], int?, Tensor> apply)
    {
        // Expressions are written in small letters, as NumPy's functions are.
        var name = row.Name.ToLowerInvariant();
        return new() { Name = name, Symbol = row.Symbol ?? name, Arity = arity, Row = row, Apply = apply, Derivatives = row.Derivatives };
    }

    private static Operation Composed(
        string name, string symbol, int arity, Func<Tensor[], int?, Tensor> apply, Func<OperationUse, int, DerivativeSymbol> rule) =>
        new() { Name = name, Symbol = symbol, Arity = arity, Apply = apply, Rule = rule };

    private static Dictionary<string, Operation[]> ByName(Operation[] all) =>
        all.GroupBy(static operation => operation.Name).ToDictionary(static group => group.Key, static group => group.ToArray());
}
