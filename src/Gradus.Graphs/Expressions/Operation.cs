namespace Gradus.Graphs;

/// <summary>A derivative in symbols: <c>{x}</c>, <c>{y}</c> stand for the inputs, <c>{z}</c> for the result.</summary>
/// <param name="Text">As one would type it.</param>
/// <param name="Latex">As a formula.</param>
internal readonly record struct DerivativeSymbol(string Text, string Latex);

/// <summary>An operation of expressions: how it is written, what it computes, and its derivatives in symbols. The rows are in <see cref="Operations"/>.</summary>
internal sealed record Operation
{
    /// <summary>The engine's name: <c>mul</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What its circle shows.</summary>
    public required string Symbol { get; init; }

    /// <summary>How many inputs it takes; null for any number.</summary>
    public int? Arity { get; init; } = 1;

    /// <summary>Whether a call may give an axis after the inputs.</summary>
    public bool TakesAxis { get; init; }

    /// <summary>Whether it acts on each element by itself, so that the gradient is multiplied by the derivative.</summary>
    public bool IsElementwise { get; init; } = true;

    /// <summary>Computes the result.</summary>
    public required Func<Tensor[], int?, Tensor> Apply { get; init; }

    /// <summary>The derivative with respect to each input; for an operation that is not elementwise, the gradient in terms of g, that of the output.</summary>
    public required DerivativeSymbol[] Derivatives { get; init; }

    /// <summary>Whether it is written between its inputs.</summary>
    public string? Infix { get; init; }

    /// <summary>The operation with its inputs: <c>x * y</c>, <c>exp(x)</c>.</summary>
    public string Format(ReadOnlySpan<string> inputs, int? axis)
    {
        if (Infix is { } infix && inputs.Length == 2) return $"{inputs[0]} {infix} {inputs[1]}";
        if (Infix is { } prefix) return prefix + inputs[0];
        return $"{Name}({string.Join(", ", inputs.ToArray())}{(axis is { } along ? $", {along}" : "")})";
    }

    /// <summary>The derivative with respect to an input, with the names of this use.</summary>
    public LocalDerivative Local(int input, ReadOnlySpan<string> inputs, string result, double? number)
    {
        var symbol = Fill(Symbols(input).Text, inputs, result);
        var rule = !IsElementwise ? symbol : symbol switch { "1" => "g", "-1" => "-g", "0" => "0", _ when symbol.Contains(' ') => $"g * ({symbol})", _ => $"g * {symbol}" };
        return new LocalDerivative(number, rule, symbol);
    }

    /// <summary>The derivative's template; the inputs of a list all have the same.</summary>
    public DerivativeSymbol Symbols(int input) => Derivatives.Length == 0 ? new($"the rule of {Name}", $"\\text{{the rule of {Name}}}") : Derivatives[Math.Min(input, Derivatives.Length - 1)];

    /// <summary>Puts names into a template.</summary>
    public static string Fill(string template, ReadOnlySpan<string> inputs, string result)
    {
        if (inputs.Length > 0) template = template.Replace("{x}", inputs[0], StringComparison.Ordinal);
        if (inputs.Length > 1) template = template.Replace("{y}", inputs[1], StringComparison.Ordinal);
        return template.Replace("{z}", result, StringComparison.Ordinal);
    }

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
