using System.Globalization;

namespace Gradus.Graphs;

/// <summary>
/// The derivatives that depend on shapes or values: of reductions, products, and what moves elements. Each is a formula in g, the gradient of the result, that
/// holds as it stands.
/// </summary>
internal static partial class Rules
{
    private static readonly DerivativeSymbol One = new("1", "1");
    private static readonly DerivativeSymbol Zero = new("0", "0");

    public static DerivativeSymbol Sum(OperationUse use, int input) =>
        use.IsScalar ? One : DerivativeSymbol.Rule($"{Expanded(use, "g")} * ones_like({{x}})", $@"{Latex(use, "g")} \, \mathbf{{1}}");

    public static DerivativeSymbol Mean(OperationUse use, int input)
    {
        if (use.IsScalar) return One;
        var count = use.Reduced.Aggregate(1L, (product, axis) => product * use.Inputs[0][axis]).ToString(CultureInfo.InvariantCulture);
        return DerivativeSymbol.Rule(
            $"{Expanded(use, "g")} / {count} * ones_like({{x}})", $@"\tfrac{{1}}{{{count}}} {Latex(use, "g")} \, \mathbf{{1}}");
    }

    /// <summary>Of the largest or the smallest: equal ones have equal shares.</summary>
    public static DerivativeSymbol Extreme(OperationUse use, int input)
    {
        if (use.IsScalar) return One;
        var isExtreme = $"({{x}} == {Expanded(use, "{z}")})";
        var mark = $"[{{x}} = {Latex(use, "{z}")}]";
        return DerivativeSymbol.Rule(
            $"{Expanded(use, "g")} * {isExtreme} / {Total(use, isExtreme[1..^1])}", $@"{Latex(use, "g")} \odot \frac{{{mark}}}{{\sum {mark}}}");
    }

    /// <summary>The product of the others: the whole divided by the element, where that can be.</summary>
    public static DerivativeSymbol Product(OperationUse use, int input)
    {
        if (use.IsScalar) return One;
        if (use.Result?.To(DType.Float64).ToArray<double>().All(static value => value != 0 && double.IsFinite(value)) is true)
        {
            return DerivativeSymbol.Rule($"{Expanded(use, "g * {z}")} / {{x}}", $@"{Latex(use, @"g \odot {z}")} \oslash {{x}}");
        }

        return DerivativeSymbol.Rule($"{Expanded(use, "g")} * prod({{x}}[j] for j != i)", $@"{Latex(use, "g")} \textstyle\prod_{{j \ne i}} {{x}}_j");
    }

    public static DerivativeSymbol Softmax(OperationUse use, int input) => use.IsScalar ? Zero
        : DerivativeSymbol.Rule($"{{z}} * (g - {Total(Last(use), "g * {z}")})", $@"{{z}} \odot (g - \textstyle\sum{Along(Last(use))} g \odot {{z}})");

    public static DerivativeSymbol LogSoftmax(OperationUse use, int input) =>
        use.IsScalar ? Zero : DerivativeSymbol.Rule($"g - exp({{z}}) * {Total(Last(use), "g")}", $@"g - e^{{{{z}}}} \odot \textstyle\sum{Along(Last(use))} g");

    public static DerivativeSymbol LogSumExp(OperationUse use, int input) => use.IsScalar ? One
        : use.Reduced.Length == 1
        ? DerivativeSymbol.Rule(
            $"{Expanded(use, "g")} * softmax({{x}}{(use.Inputs[0].Rank > 1 ? $", axis={use.Reduced[0]}" : "")})",
            $@"{Latex(use, "g")} \odot \operatorname{{softmax}}({{x}})")
        : DerivativeSymbol.Rule($"{Expanded(use, "g")} * exp({{x}} - {Expanded(use, "{z}")})", $@"{Latex(use, "g")} \odot e^{{{{x}} - {{z}}}}");

    public static DerivativeSymbol Transpose(OperationUse use, int input) =>
        DerivativeSymbol.Rule(Transposed("g", use.Output.Rank), @"g^\top");

    /// <summary>Of a list joined along a new first axis.</summary>
    public static DerivativeSymbol Stack(OperationUse use, int input) => DerivativeSymbol.Rule($"g[{input}]", $"g_{{{input}}}");

    /// <summary>Of a product of vectors, matrices, or batches of these.</summary>
    public static DerivativeSymbol MatMul(OperationUse use, int input)
    {
        var (x, y, z) = (use.Inputs[0], use.Inputs[1], use.Output);
        var isFirst = input == 0;
        int[] batch = z.Rank > 2 ? [.. z.ToArray()[..^2]] : [];
        // What a batch shares is added up over it.
        DerivativeSymbol Shared(string text, string latex, params ReadOnlySpan<int> shape) =>
            DerivativeSymbol.Rule(text, latex).Added(isFirst ? x : y, Shape.Create(shape));
        return (x.Rank, y.Rank) switch
        {
            (1, 1) => isFirst ? DerivativeSymbol.Rule("g * {y}", "g {y}") : DerivativeSymbol.Rule("g * {x}", "g {x}"),
            (2, 1) => isFirst ? DerivativeSymbol.Rule("outer(g, {y})", @"g \otimes {y}") : DerivativeSymbol.Rule("transpose({x}) @ g", @"{x}^\top g"),
            (1, 2) => isFirst ? DerivativeSymbol.Rule("{y} @ g", "{y} g") : DerivativeSymbol.Rule("outer({x}, g)", @"{x} \otimes g"),
            (_, 1) => isFirst
                ? DerivativeSymbol.Rule("expand_dims(g, -1) * {y}", @"g \otimes {y}")
                : Shared("expand_dims(g, -1) * {x}", @"g \odot {x}", [.. z, y[0]]),
            (1, _) => isFirst
                ? Shared("sum({y} * expand_dims(g, -2), axis=-1)", "{y} g", [.. z.ToArray()[..^1], x[0]])
                : DerivativeSymbol.Rule("expand_dims({x}, -1) * expand_dims(g, -2)", @"{x} \otimes g"),
            _ => isFirst
                ? Shared($"g @ {Transposed("{y}", y.Rank)}", @"g {y}^\top", [.. batch, x[-2], x[-1]])
                : Shared($"{Transposed("{x}", x.Rank)} @ g", @"{x}^\top g", [.. batch, y[-2], y[-1]]),
        };
    }

    /// <summary>Of a layer, whose weight y has a row for each output.</summary>
    public static DerivativeSymbol Linear(OperationUse use, int input)
    {
        var (x, g) = (use.Inputs[0], use.Output);
        int[] rows = [.. Enumerable.Range(0, g.Rank - 1)];
        return (input, g.Rank) switch
        {
            (0, _) => DerivativeSymbol.Rule("g @ {y}", "g {y}"),
            (1, 1) => DerivativeSymbol.Rule("outer(g, {x})", @"g \otimes {x}"),
            (1, 2) => DerivativeSymbol.Rule("transpose(g) @ {x}", @"g^\top {x}"),
            (1, _) => DerivativeSymbol.Rule(
                $"transpose(reshape(g, (-1, {g[-1]}))) @ reshape({{x}}, (-1, {x[-1]}))", @"\textstyle\sum_{\text{rows}} g \otimes {x}"),
            (_, 1) => DerivativeSymbol.Rule("g", "g"),
            _ => DerivativeSymbol.Rule($"sum(g, axis={DerivativeSymbolExtensions.AxesText(rows)})", @"\textstyle\sum_{\text{rows}} g"),
        };
    }

    /// <summary>Of a filter y moved over pictures x by steps of 1 without a border.</summary>
    public static DerivativeSymbol Convolution(OperationUse use, int input)
    {
        var (x, y) = (use.Inputs[0], use.Inputs[1]);
        if (input == 2) return DerivativeSymbol.Rule("sum(g, axis=(0, 2, 3))", @"\textstyle\sum_{\text{places}} g");
        var border = $"({y[-2] - 1}, {y[-2] - 1}), ({y[-1] - 1}, {y[-1] - 1})";
        if (x.Rank == 2)
        {
            return input == 0
                ? DerivativeSymbol.Rule($"conv2d(pad(g, ({border})), flip({{y}}))", @"g \ast_{\text{full}} {y}")
                : DerivativeSymbol.Rule("conv2d({x}, g)", @"{x} \star g");
        }

        return input == 0
            ? DerivativeSymbol.Rule($"conv2d(pad(g, ((0, 0), (0, 0), {border})), flip(swapaxes({{y}}, 0, 1), (2, 3)))", @"g \ast_{\text{full}} {y}")
            : DerivativeSymbol.Rule("swapaxes(conv2d(swapaxes({x}, 0, 1), swapaxes(g, 0, 1)), 0, 1)", @"{x} \star g");
    }

    /// <summary>Of a power whose exponent is a value: where the base or the exponent is 0, the formula would divide by 0 or multiply 0 by ∞.</summary>
    public static DerivativeSymbol Power(OperationUse use, int input)
    {
        var (byBase, byExponent) = (new DerivativeSymbol("{y} * {x}**({y} - 1)", "{y} {x}^{{y} - 1}"), new DerivativeSymbol("{z} * log({x})", @"{z} \ln {x}"));
        if (use.Values is not [var x, var y]) return input == 0 ? byBase : byExponent;
        var hasZero = (input == 0 ? y : x).To(DType.Float64).ToArray<double>().Contains(0);
        if (!hasZero) return input == 0 ? byBase : byExponent;
        if (use.IsScalar) return Zero;
        return input == 0
            ? byBase with { OfTensors = "where({y} == 0, 0, {y} * {x}**({y} - 1))", Latex = @"[{y} \ne 0] \odot {y} {x}^{{y} - 1}" }
            : byExponent with { OfTensors = "where({x} == 0, 0, {z} * log({x}))", Latex = @"[{x} \ne 0] \odot {z} \ln {x}" };
    }

    /// <summary>A gradient or a result with the axes that were reduced put back, so that broadcasting repeats it along these.</summary>
    private static string Expanded(OperationUse use, string text)
    {
        var isLeading = use.Reduced.Index().All(static pair => pair.Index == pair.Item);
        if (use.KeepsAxes || isLeading) return text;
        return $"expand_dims({text}, {DerivativeSymbolExtensions.AxesText(use.Reduced)})";
    }

    /// <summary>In formulas broadcasting is understood.</summary>
    private static string Latex(OperationUse use, string formula) => use.Reduced.Length == use.Inputs[0].Rank || formula.Length < 4 ? formula : $"({formula})";

    /// <summary>The sum over the reduced axes, which stay.</summary>
    private static string Total(OperationUse use, string text) => Along(use, "sum", text);

    /// <summary>A function over the reduced axes, which stay.</summary>
    private static string Along(OperationUse use, string function, string text) => use.Reduced.Length == use.Inputs[0].Rank
        ? $"{function}({text})"
        : $"{function}({text}, axis={DerivativeSymbolExtensions.AxesText(use.Reduced)}, keepdims=True)";

    private static string Along(OperationUse use) => use.Inputs[0].Rank == 1 ? "" : $@"_{{\text{{{use.Reduced[0]}}}}}";

    private static OperationUse Last(OperationUse use) => use.Axes is null ? use with { Axes = [use.Inputs[0].Rank - 1] } : use;

    private static string Transposed(string text, int rank) => rank == 2 ? $"transpose({text})" : $"swapaxes({text}, -1, -2)";
}
