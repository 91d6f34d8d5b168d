using System.Globalization;

namespace Gradus.Graphs;

/// <summary>The operations that an expression may use.</summary>
internal static class Operations
{
    public static readonly Operation Add = Infix("add", "+", "+", static (x, y) => x + y, new("1", "1"), new("1", "1")) with { IsOrdered = false };
    public static readonly Operation Subtract = Infix("sub", "-", "−", static (x, y) => x - y, new("1", "1"), new("-1", "-1"));
    public static readonly Operation Multiply = Infix("mul", "*", "×", static (x, y) => x * y, new("{y}", "{y}"), new("{x}", "{x}")) with { IsOrdered = false };

    public static readonly Operation Divide = Infix(
        "div", "/", "/", static (x, y) => x / y, new("1 / {y}", @"\frac{1}{{y}}"), new("-{x} / {y}**2", @"-\frac{{x}}{{y}^2}"));

    public static readonly Operation FloorDivide = Infix("floordiv", "//", "//", static (x, y) => (x / y).Floor(), new("0", "0"), new("0", "0"));

    public static readonly Operation Remainder = Infix(
        "remainder", "%", "%", static (x, y) => x.Remainder(y), new("1", "1"), new("-({x} // {y})", @"-\lfloor {x} / {y} \rfloor"));

    public static readonly Operation Negate = Infix("neg", "-", "−", static (x, _) => -x, new DerivativeSymbol("-1", "-1")) with { Arity = 1 };

    // A power by a constant takes the engine's exact ways for whole exponents.
    public static readonly Operation Power =
        Infix("pow", "**", "xʸ", static (x, y) => y is { Node: null, Rank: 0 } ? x.Pow(y.Item()) : x.Pow(y)) with { Rule = Rules.Power };

    public static readonly Operation MatMul = Infix("matmul", "@", "@", static (x, y) => x.MatMul(y)) with { Rule = Rules.MatMul };

    public static readonly Operation Stack = new()
    {
        Name = "stack",
        Symbol = "[ ]",
        Arity = null,
        Apply = static (inputs, _) => Tensor.Stack(inputs),
        Rule = Rules.Stack,
    };

    private static readonly Operation Larger = Function("maximum", "max", 2, static (x, _) => x[0].Maximum(x[1]),
        Share("{x}", ">", "{y}"), Share("{y}", ">", "{x}")) with
    { IsOrdered = false };

    private static readonly Operation Smaller = Function("minimum", "min", 2, static (x, _) => x[0].Minimum(x[1]),
        Share("{x}", "<", "{y}"), Share("{y}", "<", "{x}")) with
    { IsOrdered = false };

    // Each function under the names it may be called by.
    private static readonly Dictionary<string, Operation[]> Functions = ByName(
    [
        Unary("exp", static x => x.Exp(), new("{z}", "{z}")),
        Unary("expm1", static x => x.ExpM1(), new("exp({x})", "e^{{x}}")),
        Unary("log", static x => x.Log(), new("1 / {x}", @"\frac{1}{{x}}")),
        Unary("log1p", static x => x.Log1P(), new("1 / (1 + {x})", @"\frac{1}{1 + {x}}")),
        Unary("log2", static x => x.Log2(), new("1 / ({x} * log(2))", @"\frac{1}{{x} \ln 2}")),
        Unary("log10", static x => x.Log10(), new("1 / ({x} * log(10))", @"\frac{1}{{x} \ln 10}")),
        Unary("sqrt", static x => x.Sqrt(), new("1 / (2 * {z})", @"\frac{1}{2 {z}}")),
        Unary("square", static x => x.Square(), new("2 * {x}", "2 {x}")),
        Unary("abs", static x => x.Abs(), new("sign({x})", @"\operatorname{sign}({x})")),
        Unary("sign", static x => x.Sign(), new("0", "0")),
        Unary("floor", static x => x.Floor(), new("0", "0")),
        Unary("sin", static x => x.Sin(), new("cos({x})", @"\cos {x}")),
        Unary("cos", static x => x.Cos(), new("-sin({x})", @"-\sin {x}")),
        Unary("tan", static x => x.Tan(), new("1 + {z}**2", "(1 + {z}^2)")),
        Unary("asin", static x => x.Asin(), new("1 / sqrt(1 - {x}**2)", @"\frac{1}{\sqrt{1 - {x}^2}}")),
        Unary("acos", static x => x.Acos(), new("-1 / sqrt(1 - {x}**2)", @"-\frac{1}{\sqrt{1 - {x}^2}}")),
        Unary("atan", static x => x.Atan(), new("1 / (1 + {x}**2)", @"\frac{1}{1 + {x}^2}")),
        Unary("sinh", static x => x.Sinh(), new("cosh({x})", @"\cosh {x}")),
        Unary("cosh", static x => x.Cosh(), new("sinh({x})", @"\sinh {x}")),
        Unary("tanh", static x => x.Tanh(), new("1 - {z}**2", "(1 - {z}^2)")),
        Unary("sigmoid", static x => x.Sigmoid(), new("{z} * (1 - {z})", "{z} (1 - {z})")),
        Unary("softplus", static x => x.Softplus(), new("sigmoid({x})", @"\sigma({x})")),
        Unary("relu", static x => x.Relu(), new("(1 if {x} > 0 else 0)", "[{x} > 0]") { OfTensors = "where({x} > 0, 1, 0)" }),
        Unary("erf", static x => x.Erf(), new("2 / sqrt(pi) * exp(-{x}**2)", @"\frac{2}{\sqrt{\pi}} e^{-{x}^2}")),
        Unary("gelu", static x => x.Gelu(),
            new("(1 + erf({x} / sqrt(2))) / 2 + {x} * exp(-{x}**2 / 2) / sqrt(2 * pi)", @"\left(\Phi({x}) + {x} \, \varphi({x})\right)")),
        Unary("silu", static x => x.Silu(), new("sigmoid({x}) * (1 + {x} * (1 - sigmoid({x})))", @"\sigma({x}) (1 + {x} (1 - \sigma({x})))")),
        Larger,
        Smaller,
        Larger with { Name = "max" },
        Smaller with { Name = "min" },
        Whole("max", static (x, _) => x.Max(), Rules.Extreme),
        Whole("min", static (x, _) => x.Min(), Rules.Extreme),
        Whole("sum", static (x, axis) => axis is { } along ? x.Sum(along) : x.Sum(), Rules.Sum) with { TakesAxis = true, Symbol = "Σ" },
        Whole("mean", static (x, axis) => axis is { } along ? x.Mean(along) : x.Mean(), Rules.Mean) with { TakesAxis = true },
        Whole("prod", static (x, axis) => axis is { } along ? x.Prod(along) : x.Prod(), Rules.Product) with { TakesAxis = true, Symbol = "Π" },
        Whole("softmax", static (x, axis) => x.Softmax(axis ?? -1), Rules.Softmax) with { TakesAxis = true },
        Whole("logsoftmax", static (x, axis) => x.LogSoftmax(axis ?? -1), Rules.LogSoftmax) with { TakesAxis = true },
        Whole("logsumexp", static (x, axis) => axis is { } along ? x.LogSumExp(along) : x.LogSumExp(), Rules.LogSumExp) with { TakesAxis = true },
        Whole("transpose", static (x, _) => x.Transpose(), Rules.Transpose) with { Symbol = "ᵀ" },
        MatMul with { Infix = null },
        Function("conv2d", "∗", 2, static (x, _) => Convolve(x[0], x[1])) with { Rule = Rules.Convolution },
        Function("pow", "xʸ", 2, static (x, axis) => Power.Apply(x, axis)) with { Rule = Rules.Power },
        Stack,
    ]);

    /// <summary>The names that can be called, in order.</summary>
    public static string Names => string.Join(", ", Functions.Keys.Order(StringComparer.Ordinal));

    /// <summary>The functions of a name, which differ in how many inputs they take; none if there is no such name.</summary>
    public static IReadOnlyList<Operation> Find(string name) => Functions.GetValueOrDefault(name, []);

    /// <summary>How to show an operator of the engine.</summary>
    public static Operation ByEngineName(string name, int inputs)
    {
        foreach (var operation in (ReadOnlySpan<Operation>)[Add, Subtract, Multiply, Divide, Negate, Power, MatMul, Remainder])
        {
            if (operation.Name == name) return operation;
        }

        return Find(name.ToLowerInvariant()).FirstOrDefault(operation => operation.Arity == inputs)
            ?? new Operation { Name = name, Symbol = name, Arity = inputs, Apply = (_, _) => throw new InvalidOperationException($"{name} is only shown.") };
    }

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

    private static Operation Infix(string name, string infix, string symbol, Func<Tensor, Tensor, Tensor> apply, params DerivativeSymbol[] derivatives) =>
        new() { Name = name, Symbol = symbol, Infix = infix, Arity = 2, Apply = (inputs, _) => apply(inputs[0], inputs[^1]), Derivatives = derivatives };

    private static Operation Function(string name, string symbol, int arity, Func<Tensor[], int?, Tensor> apply, params DerivativeSymbol[] derivatives) =>
        new() { Name = name, Symbol = symbol, Arity = arity, Apply = apply, Derivatives = derivatives };

    private static Operation Unary(string name, Func<Tensor, Tensor> apply, DerivativeSymbol derivative) =>
        Function(name, name, 1, (inputs, _) => apply(inputs[0]), derivative);

    private static Operation Whole(string name, Func<Tensor, int?, Tensor> apply, Func<OperationUse, int, DerivativeSymbol> rule) =>
        new() { Name = name, Symbol = name, Apply = (inputs, axis) => apply(inputs[0], axis), Rule = rule };

    /// <summary>All of the gradient for what is chosen, and half of it for each of two that are equal.</summary>
    private static DerivativeSymbol Share(string one, string sign, string other) =>
        new($"(1 if {one} {sign} {other} else 0.5 if {one} == {other} else 0)", $@"\left([{one} {sign} {other}] + \tfrac{{1}}{{2}} [{one} = {other}]\right)")
        {
            OfTensors = $"where({one} {sign} {other}, 1, where({one} == {other}, 0.5, 0))",
        };

    private static Dictionary<string, Operation[]> ByName(Operation[] all) =>
        all.GroupBy(static operation => operation.Name).ToDictionary(static group => group.Key, static group => group.ToArray());
}
