using System.Globalization;

namespace Gradus.Graphs;

/// <summary>An operator of a recorded graph as an operation of drawings: its symbol and derivatives, and how to evaluate it again with the arguments it had.</summary>
internal static class EngineOperation
{
    // Rules of the operators of networks; what expressions can write stands in Operations.
    private static readonly Dictionary<string, Operation> Named = new Operation[]
    {
        Row("linear", "linear", ("g @ {y}", "g {y}"), ("transpose(g) @ {x}", @"g^\top {x}"), ("g summed over the rows", @"\textstyle\sum_{\text{rows}} g")),
        Row("conv2d", "conv", ("g spread by {y}", @"{y}^\top \ast g"), ("{x} correlated with g", @"{x} \star g"), ("g summed over the places", @"\textstyle\sum_{\text{places}} g")),
        Row("reshape", "reshape", ("g reshaped back", @"\operatorname{reshape}(g)")),
        Row("permute", "ᵀ", ("transpose(g)", @"g^\top")),
        Row("identity", "=", ("g", "g")),
        Row("copy", "=", ("g", "g")),
        Row("cast", "cast", ("g", "g")),
        Row("expand", "copy", ("g summed over the copies", @"\textstyle\sum_{\text{copies}} g")),
        Row("slice", "[ : ]", ("g, and 0 beside it", @"\operatorname{pad}(g)")),
        Row("select", "[ i ]", ("g, and 0 beside it", @"\operatorname{pad}(g)")),
        Row("split", "split", ("g, and 0 beside it", @"\operatorname{pad}(g)")),
        Row("concat", "join", ("the part of g", @"\text{the part of } g")),
        Row("pad", "pad", ("g without the border", @"\operatorname{crop}(g)")),
        Row("crossEntropy", "cross-entropy", ("g * (softmax({x}) - {y}) / n", @"\tfrac{g}{n} (\operatorname{softmax}({x}) - {y})")),
        Row("binaryCrossEntropy", "cross-entropy", ("g * (sigmoid({x}) - {y})", @"g (\sigma({x}) - {y})")),
        Row("dropout", "dropout", ("g where kept, scaled", @"g \text{ where kept}")),
        Row("maxPool2d", "max pool", ("g at the largest of each window", @"g \text{ at each maximum}")),
        Row("avgPool2d", "mean pool", ("g spread over each window", @"g \text{ spread}")),
        Row("indexSelect", "rows", ("g added at the rows", @"g \text{ at the rows}")),
        Row("gather", "gather", ("g added at the places", @"g \text{ at the places}")),
        Row("layerNorm", "layer norm"),
        Row("rmsNorm", "RMS norm"),
        Row("batchNorm", "batch norm"),
        Row("selfAttention", "attention"),
        Row("lstm", "LSTM"),
        Row("gru", "GRU"),
        Row("where", "where", ("0", "0"), ("g where {x}", @"g \text{ where } {x}"), ("g where not {x}", @"g \text{ where not } {x}")),
    }.ToDictionary(static operation => operation.Name);

    /// <summary>The operation that gave an output of a node.</summary>
    public static Operation Of(Node node, int output) => Look(node) with
    {
        Name = node.Op!.Name,
        Apply = (inputs, _) => node.Op.Name == "cast" && inputs[0].DType == DType.Float64 && node.OutputDType().IsFloat ? inputs[0] : node.Op.Replay(node, inputs)[output],
    };

    /// <summary>The operation with its inputs' names and those of its arguments that are numbers: <c>slice(t3, axis 1, start 0, length 3)</c>.</summary>
    public static string Formula(Operation operation, Node node, ReadOnlySpan<string> inputs)
    {
        var text = operation.Format(inputs, null);
        if (operation.Infix is not null) return text;
        var arguments = node.NamedArguments.Where(static argument => argument.Value is int or double or true && argument is not { Name: "step", Value: 1 }).Select(static argument => string.Create(CultureInfo.InvariantCulture, $"{argument.Name} {argument.Value}")).ToArray();
        return arguments.Length == 0 ? text : $"{text[..^1]}, {string.Join(", ", arguments)})";
    }

    private static Operation Look(Node node)
    {
        var name = node.Op!.Name;
        if (Named.TryGetValue(name, out var row)) return row;
        var operation = Operations.ByEngineName(name, node.Inputs.Count);
        if (operation.Derivatives.Length > 0) return operation;
        return node.Op.Kind == OpKind.Elementwise ? operation with { IsElementwise = true, Derivatives = [.. node.Inputs.Select((_, input) => Prime(name, input))] } : operation with { Derivatives = [Jacobian(name)] };
    }

    private static Operation Row(string name, string symbol, params ReadOnlySpan<(string Text, string Latex)> derivatives) => new()
    {
        Name = name,
        Symbol = symbol,
        Arity = null,
        IsElementwise = false,
        Apply = static (_, _) => throw new InvalidOperationException("Only a node can be evaluated."),
        Derivatives = derivatives.IsEmpty ? [Jacobian(name)] : [.. derivatives.ToArray().Select(static pair => new DerivativeSymbol(pair.Text, pair.Latex))],
    };

    private static DerivativeSymbol Prime(string name, int input) => input == 0 ? new($"{name}'({{x}})", $@"\operatorname{{{name}}}'({{x}})") : new($"∂{name}/∂{{y}}", $@"\tfrac{{\partial \operatorname{{{name}}}}}{{\partial {{y}}}}");

    private static DerivativeSymbol Jacobian(string name) => new($"g @ J({name})", $@"g \, J_{{\operatorname{{{name}}}}}");
}
