using System.Globalization;

namespace Gradus.Graphs;

/// <summary>
/// An operator of a recorded graph as an operation of drawings: its symbol and derivatives, and how to evaluate it again with the arguments it had.
/// </summary>
internal static class EngineOperation
{
    // Rules of the operators of networks; what expressions can write stands in Operations.
    private static readonly Dictionary<string, Operation> Named = new Operation[]
    {
        Row("linear", "linear") with { Rule = Rules.Linear },
        Row("conv2d", "conv") with { Rule = Rules.Convolution },
        Row("reshape", "reshape") with { Rule = static (use, _) => DerivativeSymbol.Rule($"reshape(g, {Sizes(use.Inputs[0])})", @"\operatorname{reshape}(g)") },
        Row("permute", "ᵀ"),
        Row("identity", "=", ("g", "g")),
        Row("copy", "=", ("g", "g")),
        Row("cast", "cast", ("g", "g")),
        Row("expand", "copy") with { Rule = static (use, _) => DerivativeSymbol.Rule("g", "g").Added(use.Inputs[0], use.Output) },
        Row("slice", "[ : ]", ("g, and 0 beside it", @"\operatorname{pad}(g)")),
        Row("select", "[ i ]", ("g, and 0 beside it", @"\operatorname{pad}(g)")),
        Row("split", "split", ("g, and 0 beside it", @"\operatorname{pad}(g)")),
        Row("concat", "join", ("the part of g", @"\text{the part of } g")),
        Row("pad", "pad", ("g without the border", @"\operatorname{crop}(g)")),
        Row("crossEntropy", "cross-entropy",
            ("expand_dims(g, 1) * (softmax({x}, axis=1) - one_hot({y}))", @"g \odot (\operatorname{softmax}({x}) - \operatorname{onehot}({y}))"), ("0", "0")),
        Row("binaryCrossEntropy", "cross-entropy") with
        {
            Derivatives = [new("sigmoid({x}) - {y}", @"\left(\sigma({x}) - {y}\right)"), new("-{x}", @"\left(-{x}\right)")],
        },
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
        Row("where", "where") with { Derivatives = [new("0", "0"), new("where({x}, 1, 0)", "[{x}]"), new("where({x}, 0, 1)", @"[\lnot {x}]")] },
    }.ToDictionary(static operation => operation.Name);

    /// <summary>The operation that gave an output of a node.</summary>
    public static Operation Of(Node node, int output) => Look(node) with
    {
        Name = node.Op!.Name,
        Apply = (inputs, _) => node.Op.Name == "cast" && inputs[0].DType == DType.Float64 && node.OutputDType().IsFloat
            ? inputs[0]
            : node.Op.Replay(node, inputs)[output],
    };

    /// <summary>The operation with its inputs' names and those of its arguments that are numbers: <c>slice(t3, axis 1, start 0, length 3)</c>.</summary>
    public static string Formula(Operation operation, Node node, ReadOnlySpan<string> inputs)
    {
        var text = operation.Format(inputs, null);
        if (operation.Infix is not null) return text;
        var arguments = node.NamedArguments.Where(static argument => argument.Value is int or double or true && argument is not { Name: "step", Value: 1 })
            .Select(static argument => string.Create(CultureInfo.InvariantCulture, $"{argument.Name} {argument.Value}")).ToArray();
        return arguments.Length == 0 ? text : $"{text[..^1]}, {string.Join(", ", arguments)})";
    }

    /// <summary>What the rules of an operator depend on, beyond the names.</summary>
    public static OperationUse Use(Node node, int output, Tensor?[] inputs, Tensor? result) =>
        new([.. node.Inputs.Select(static input => input.Shape)], node.OutputShape(output))
        {
            Axes = node.Arguments is Axes axes ? [.. Enumerable.Range(0, node.Inputs[0].Shape.Rank).Where(axes.Has)] : null,
            KeepsAxes = node.Arguments is Axes { KeepDim: true },
            Values = inputs.Contains(null) ? null : [.. inputs.Select(static input => input!)],
            Result = result,
        };

    private static Operation Look(Node node)
    {
        var name = node.Op!.Name;
        if (node.Arguments is PermuteArgs permute)
        {
            return Named[name] with { Derivatives = [DerivativeSymbol.Rule($"transpose(g, ({string.Join(", ", permute.Inverse())}))", @"g^\top")] };
        }

        // Along an axis, and with a border or steps of its own, other rules hold than in expressions.
        if (node.Arguments is AxisArgs) return Row(name, name, ("g at the place of each", @"g \text{ at the place of each}"));
        if (name == "conv2d" && node.Arguments is ConvOptions options && options != new ConvOptions())
        {
            return Named[name] with
            {
                Rule = null,
                Derivatives =
                [
                    DerivativeSymbol.Rule("convTranspose2d(g, {y})", @"{y}^\top \ast g"),
                    DerivativeSymbol.Rule("conv2dWeight({x}, g)", @"{x} \star g"),
                    DerivativeSymbol.Rule("sum(g, axis=(0, 2, 3))", @"\textstyle\sum_{\text{places}} g"),
                ],
            };
        }

        if (Named.TryGetValue(name, out var row)) return row;
        var operation = Operations.ByEngineName(name, node.Inputs.Count);
        var isStandard = node.Arguments is not SoftplusArgs softplus || softplus.Beta == 1;
        if (isStandard && (operation.Rule is not null || operation.Derivatives.Length > 0)) return operation;
        return node.Op.Kind == OpKind.Elementwise
            ? operation with { Rule = null, Derivatives = [.. node.Inputs.Select((_, input) => Prime(name, input))] }
            : operation with { Derivatives = [Jacobian(name)] };
    }

    private static Operation Row(string name, string symbol, params ReadOnlySpan<(string Text, string Latex)> derivatives) => new()
    {
        Name = name,
        Symbol = symbol,
        Arity = null,
        IsOrdered = false,
        Apply = static (_, _) => throw new InvalidOperationException("Only a node can be evaluated."),
        Derivatives = derivatives.IsEmpty ? [Jacobian(name)] : [.. derivatives.ToArray().Select(static pair => DerivativeSymbol.Rule(pair.Text, pair.Latex))],
    };

    private static DerivativeSymbol Prime(string name, int input) => input == 0
        ? new($"{name}'({{x}})", $@"\operatorname{{{name}}}'({{x}})")
        : new($"∂{name}/∂{{y}}", $@"\tfrac{{\partial \operatorname{{{name}}}}}{{\partial {{y}}}}");

    private static DerivativeSymbol Jacobian(string name) => DerivativeSymbol.Rule($"g @ J({name})", $@"g \, J_{{\operatorname{{{name}}}}}");

    private static string Sizes(Shape shape) => $"({string.Join(", ", shape.ToArray())}{(shape.Rank == 1 ? "," : "")})";
}
