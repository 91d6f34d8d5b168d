using System.Globalization;

namespace Gradus.Graphs;

/// <summary>The operations that an expression may use.</summary>
internal static class Operations
{
    public static readonly Operation Add = Infix("add", "+", "+", static (x, y) => x + y, new("1", "1"), new("1", "1"));
    public static readonly Operation Subtract = Infix("sub", "-", "−", static (x, y) => x - y, new("1", "1"), new("-1", "-1"));
    public static readonly Operation Multiply = Infix("mul", "*", "×", static (x, y) => x * y, new("{y}", "{y}"), new("{x}", "{x}"));
    public static readonly Operation Divide = Infix("div", "/", "/", static (x, y) => x / y, new("1 / {y}", @"\frac{1}{{y}}"), new("-{x} / {y}**2", @"-\frac{{x}}{{y}^2}"));
    public static readonly Operation FloorDivide = Infix("floordiv", "//", "//", static (x, y) => (x / y).Floor(), new("0", "0"), new("0", "0"));
    public static readonly Operation Remainder = Infix("remainder", "%", "%", static (x, y) => x.Remainder(y), new("1", "1"), new("-({x} // {y})", @"-\lfloor {x} / {y} \rfloor"));
    public static readonly Operation Negate = Infix("neg", "-", "−", static (x, _) => -x, new DerivativeSymbol("-1", "-1")) with { Arity = 1 };

    // A power by a constant takes the engine's exact ways for whole exponents.
    public static readonly Operation Power = Infix("pow", "**", "xʸ", static (x, y) => y is { Node: null, Rank: 0 } ? x.Pow(y.Item()) : x.Pow(y),
        new("{y} * {x}**({y} - 1)", "{y} {x}^{{y} - 1}"), new("{z} * log({x})", @"{z} \ln {x}"));

    public static readonly Operation MatMul = Infix("matmul", "@", "@", static (x, y) => x.MatMul(y), new("g @ transpose({y})", @"g \cdot {y}^\top"), new("transpose({x}) @ g", @"{x}^\top \cdot g")) with { IsElementwise = false };

    public static readonly Operation Stack = new()
    {
        Name = "stack",
        Symbol = "[ ]",
        Arity = null,
        IsElementwise = false,
        Apply = static (inputs, _) => Tensor.Stack(inputs),
        Derivatives = [new("the part of g", @"\text{the part of } g")],
    };

    private static readonly Operation Larger = Function("maximum", "max", 2, static (x, _) => x[0].Maximum(x[1]),
        new("(1 if {x} > {y} else 0)", "[{x} > {y}]"), new("(1 if {y} > {x} else 0)", "[{y} > {x}]"));

    private static readonly Operation Smaller = Function("minimum", "min", 2, static (x, _) => x[0].Minimum(x[1]),
        new("(1 if {x} < {y} else 0)", "[{x} < {y}]"), new("(1 if {y} < {x} else 0)", "[{y} < {x}]"));

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
        Unary("relu", static x => x.Relu(), new("(1 if {x} > 0 else 0)", "[{x} > 0]")),
        Unary("erf", static x => x.Erf(), new("2 / sqrt(pi) * exp(-{x}**2)", @"\frac{2}{\sqrt{\pi}} e^{-{x}^2}")),
        Unary("gelu", static x => x.Gelu(), new("gelu'({x})", @"\operatorname{gelu}'({x})")),
        Unary("silu", static x => x.Silu(), new("silu'({x})", @"\operatorname{silu}'({x})")),
        Larger,
        Smaller,
        Larger with { Name = "max" },
        Smaller with { Name = "min" },
        Whole("max", static (x, _) => x.Max(), "g where {x} is largest", @"g \text{ where } {x} \text{ is largest}"),
        Whole("min", static (x, _) => x.Min(), "g where {x} is smallest", @"g \text{ where } {x} \text{ is smallest}"),
        Whole("sum", static (x, axis) => axis is { } along ? x.Sum(along) : x.Sum(), "g for each element", @"g \text{ for each element}") with { TakesAxis = true, Symbol = "Σ" },
        Whole("mean", static (x, axis) => axis is { } along ? x.Mean(along) : x.Mean(), "g / n for each element", @"\tfrac{g}{n} \text{ for each element}") with { TakesAxis = true },
        Whole("prod", static (x, axis) => axis is { } along ? x.Prod(along) : x.Prod(), "g * {z} / {x}", @"g \frac{{z}}{{x}}") with { TakesAxis = true, Symbol = "Π" },
        Whole("softmax", static (x, axis) => x.Softmax(axis ?? -1), "{z} * (g - sum(g * {z}))", @"{z} \odot (g - \textstyle\sum g \odot {z})") with { TakesAxis = true },
        Whole("logsoftmax", static (x, axis) => x.LogSoftmax(axis ?? -1), "g - exp({z}) * sum(g)", @"g - e^{{z}} \textstyle\sum g") with { TakesAxis = true },
        Whole("logsumexp", static (x, axis) => axis is { } along ? x.LogSumExp(along) : x.LogSumExp(), "g * softmax({x})", @"g \odot \operatorname{softmax}({x})") with { TakesAxis = true },
        Whole("transpose", static (x, _) => x.Transpose(), "transpose(g)", @"g^\top") with { Symbol = "ᵀ" },
        MatMul with { Infix = null },
        Function("conv2d", "∗", 2, static (x, _) => Convolve(x[0], x[1]), new("g spread by {y}", @"g \text{ spread by } {y}"), new("conv2d({x}, g)", @"{x} \ast g")) with { IsElementwise = false },
        Function("pow", "xʸ", 2, static (x, axis) => Power.Apply(x, axis), Power.Derivatives),
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
            ?? new Operation { Name = name, Symbol = name, Arity = inputs, IsElementwise = false, Apply = (_, _) => throw new InvalidOperationException($"{name} is only shown."), Derivatives = [] };
    }

    /// <summary>A power by a number, whose derivative is written with that number: <c>3 * x**2</c>.</summary>
    public static Operation PowerBy(double exponent)
    {
        var (n, less) = (exponent.ToString(CultureInfo.InvariantCulture), (exponent - 1).ToString(CultureInfo.InvariantCulture));
        var symbol = exponent == 2 ? new DerivativeSymbol("2 * {x}", "2 {x}") : new($"{n} * {{x}}**{less}", $"{n} {{x}}^{{{less}}}");
        var raised = n.Length == 1 ? "x" + "⁰¹²³⁴⁵⁶⁷⁸⁹"[n[0] - '0'] : Power.Symbol;
        return Power with { Symbol = raised, Derivatives = [symbol, Power.Derivatives[1]] };
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

    private static Operation Unary(string name, Func<Tensor, Tensor> apply, DerivativeSymbol derivative) => Function(name, name, 1, (inputs, _) => apply(inputs[0]), derivative);

    private static Operation Whole(string name, Func<Tensor, int?, Tensor> apply, string rule, string latex) =>
        new() { Name = name, Symbol = name, IsElementwise = false, Apply = (inputs, axis) => apply(inputs[0], axis), Derivatives = [new(rule, latex)] };

    private static Dictionary<string, Operation[]> ByName(Operation[] all) => all.GroupBy(static operation => operation.Name).ToDictionary(static group => group.Key, static group => group.ToArray());
}
