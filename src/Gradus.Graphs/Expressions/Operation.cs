namespace Gradus.Graphs;

/// <summary>
/// An operation of expressions: how it is written, what it computes, and its derivatives in symbols. The rows are in <see cref="Operations"/>.
/// </summary>
internal sealed record Operation
{
    /// <summary>The engine's name: <c>mul</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The row of the operator table that it is; null where it is composed of several.</summary>
    public Op? Row { get; init; }

    /// <summary>What its circle shows.</summary>
    public required string Symbol { get; init; }

    /// <summary>How many inputs it takes; null for any number.</summary>
    public int? Arity { get; init; } = 1;

    /// <summary>Whether a call may give an axis after the inputs.</summary>
    public bool TakesAxis { get; init; }

    /// <summary>
    /// Whether a reader must see its inputs in order: a drawing puts the first above the second, unless they can change places or are known by their names.
    /// </summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>Computes the result.</summary>
    public required Func<Tensor[], int?, Tensor> Apply { get; init; }

    /// <summary>The derivative with respect to each input, where it is the same for every use; the inputs of a list all have the last.</summary>
    public DerivativeSymbol[] Derivatives { get; init; } = [];

    /// <summary>The derivative with respect to an input, where it depends on shapes or values.</summary>
    public Func<OperationUse, int, DerivativeSymbol>? Rule { get; init; }

    /// <summary>Whether it is written between its inputs.</summary>
    public string? Infix { get; init; }

    /// <summary>How a use is written that has arguments of its own, from its inputs' names: <c>x[0]</c>.</summary>
    public Func<string[], string>? Form { get; init; }

    /// <summary>How many derivatives it is: of <c>grad</c> 1, or more where it is one of derivatives.</summary>
    public int Order { get; init; }

    /// <summary>Refuses values that it is not defined for, where the engine does not: it throws.</summary>
    public Action<Tensor[]>? Check { get; init; }

    /// <summary>The operation with its inputs: <c>x * y</c>, <c>exp(x)</c>.</summary>
    public string Format(ReadOnlySpan<string> inputs, int? axis)
    {
        if (Form is { } form) return form(inputs.ToArray());
        // A minus binds weaker than a power.
        if (Infix is "**" && inputs is [['-' or '−', ..] negative, _]) return $"({negative}) ** {inputs[1]}";
        if (Infix is { } infix && inputs.Length == 2) return $"{inputs[0]} {infix} {inputs[1]}";
        if (Infix is { } prefix) return prefix + inputs[0];
        return $"{Name}({string.Join(", ", inputs.ToArray())}{(axis is { } along ? $", {along}" : "")})";
    }

    /// <summary>The derivative with respect to an input, with the names of this use.</summary>
    public LocalDerivative Local(int input, ReadOnlySpan<string> inputs, string result, double? number, OperationUse use)
    {
        var symbol = use.IsScalar ? SymbolOf(input, use) : SymbolOf(input, use).ForTensors;
        var rule = symbol.Projected(use.Inputs[input], use.Output);
        var isDiagonal = !symbol.IsRule && use.Inputs[input] == use.Output;
        return new LocalDerivative(number, Fill(rule.Text, inputs, result, input), Fill(isDiagonal ? symbol.Text : rule.Text, inputs, result, input))
        {
            Latex = isDiagonal ? symbol.Latex : rule.Latex,
            RuleLatex = rule.Latex,
            Words = RuleWords.Of(this, symbol, use, input),
            IsDiagonal = isDiagonal,
        };
    }

    /// <summary>
    /// Puts names into a template, for <c>{i}</c> that of the input that the derivative is by. A negative number goes into brackets, unless it is all there is.
    /// </summary>
    public static string Fill(string template, ReadOnlySpan<string> inputs, string result, int input)
    {
        template = template.Replace("{i}", inputs[input], StringComparison.Ordinal);
        if (inputs.Length > 0) template = Replace(template, "{x}", inputs[0]);
        if (inputs.Length > 1) template = Replace(template, "{y}", inputs[1]);
        return template.Replace("{z}", result, StringComparison.Ordinal);
    }

    private static string Replace(string template, string place, string name) =>
        template.Replace(place, template != place && name[0] is '-' or '−' ? $"({name})" : name, StringComparison.Ordinal);

    private DerivativeSymbol SymbolOf(int input, OperationUse use) => Rule is { } rule ? rule(use, input)
        : Derivatives.Length == 0 ? DerivativeSymbol.Rule($"the rule of {Name}", $"\\text{{the rule of {Name}}}")
        : Derivatives[Math.Min(input, Derivatives.Length - 1)];

    /// <summary>The gradient of one input from that of the output, by the engine.</summary>
    public Tensor Pull(ReadOnlySpan<Tensor> inputs, int? axis, int input, Tensor gradient)
    {
        using var mode = GradMode.Set(true);
        var operands = new Tensor[inputs.Length];
        for (var index = 0; index < operands.Length; index++) operands[index] = inputs[index].Detach();
        if (!operands[input].DType.IsFloat) return Tensor.Zeros(operands[input].Shape, gradient.DType);
        operands[input].RequireGrad();
        var output = Apply(operands, axis);
        // What an operator cannot be differentiated by, a mask say, does not change it.
        var pulled = output.Node is null ? null : Autograd.Grad([output], [operands[input]], [gradient.To(output.DType)])[0];
        return pulled ?? Tensor.Zeros(operands[input].Shape, gradient.DType);
    }
}
