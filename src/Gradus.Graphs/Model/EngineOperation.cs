using System.Globalization;

namespace Gradus.Graphs;

/// <summary>
/// An operator of a recorded graph as an operation of drawings: its symbol and derivatives, and how to evaluate it again with the arguments it had.
/// </summary>
internal static class EngineOperation
{
    // Derivatives that depend on shapes and that no expression has.
    private static readonly Dictionary<Op, Func<OperationUse, int, DerivativeSymbol>> OfShapes = new()
    {
        [Ops.Linear] = Rules.Linear,
        [Ops.Conv2d] = Rules.Convolution,
        [Ops.Reshape] = Rules.Reshape,
        [Ops.Expand] = static (use, _) => DerivativeSymbol.Rule("g", "g").Added(use.Inputs[0], use.Output),
    };

    /// <summary>The operation that gave an output of a node.</summary>
    public static Operation Of(Node node, int output) => Look(node) with
    {
        Name = node.Op!.Name,
        Apply = (inputs, _) => node.Op == Ops.Cast && inputs[0].DType == DType.Float64 && node.OutputDType().IsFloat
            ? inputs[0]
            : node.Op.Replay(node, inputs)[output],
    };

    /// <summary>The operation with its inputs' names and those of its arguments that are numbers: <c>slice(t3, axis 1, start 0, length 3)</c>.</summary>
    public static string Formula(Operation operation, Node node, ReadOnlySpan<string> inputs)
    {
        var text = operation.Format(inputs, null);
        var arguments = Arguments(operation, node);
        return arguments.Length == 0 ? text : $"{text[..^1]}, {string.Join(", ", arguments)})";
    }

    /// <summary>Those of its arguments that are numbers, with their names; none where it is written between its inputs.</summary>
    public static string[] Arguments(Operation operation, Node node) => operation.Infix is not null
        ? []
        : [.. node.NamedArguments.Where(static argument => argument.Value is int or double or true && argument is not { Name: "step", Value: 1 })
            .Select(static argument => string.Create(CultureInfo.InvariantCulture, $"{argument.Name} {argument.Value}"))];

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
        var op = node.Op!;
        if (node.Arguments is PermuteArgs permute)
        {
            return Row(op) with { Derivatives = [DerivativeSymbol.Rule($"transpose(g, ({string.Join(", ", permute.Inverse())}))", @"g^\top")] };
        }

        // With a border or steps of its own, other rules hold than in expressions.
        if (node.Arguments is ConvOptions options && options != new ConvOptions() && OfShapes.ContainsKey(op))
        {
            return Row(op) with
            {
                Derivatives =
                [
                    DerivativeSymbol.Rule("convTranspose2d(g, {y})", @"{y}^\top \ast g"),
                    DerivativeSymbol.Rule("conv2dWeight({x}, g)", @"{x} \star g"),
                    DerivativeSymbol.Rule("sum(g, axis=(0, 2, 3))", @"\textstyle\sum_{\text{places}} g"),
                ],
            };
        }

        if (OfShapes.TryGetValue(op, out var rule)) return Row(op) with { Rule = rule };
        var isStandard = node.Arguments is not SoftplusArgs softplus || softplus.Beta == 1;
        if (isStandard && Operations.Of(op) is { } operation) return operation;
        if (op.Derivatives.Length > 0 && isStandard) return Row(op);
        return Row(op) with
        {
            IsOrdered = op.Symbol is null,
            Derivatives = op.Kind == OpKind.Elementwise
                ? [.. node.Inputs.Select((_, input) => PrintedRule.Of(node, input) ?? Prime(op.Name, input))]
                : [Jacobian(op.Name)],
        };
    }

    private static Operation Row(Op op) => new()
    {
        Name = op.Name,
        Symbol = op.Symbol ?? op.Name,
        Arity = null,
        Row = op,
        IsOrdered = false,
        Apply = static (_, _) => throw new InvalidOperationException("Only a node can be evaluated."),
        Derivatives = op.Derivatives,
    };

    private static DerivativeSymbol Prime(string name, int input) => input == 0
        ? new($"{name}'({{x}})", $@"\operatorname{{{name}}}'({{x}})")
        : new($"∂{name}/∂{{y}}", $@"\tfrac{{\partial \operatorname{{{name}}}}}{{\partial {{y}}}}");

    private static DerivativeSymbol Jacobian(string name) => DerivativeSymbol.Rule($"g @ J({name})", $@"g \, J_{{\operatorname{{{name}}}}}");
}
