namespace Gradus.Graphs;

/// <summary>What a derivative does to the gradient that arrives, as one of a few words that a page can say in any language.</summary>
/// <remarks>
/// <c>scale</c>: a number times; <c>elementwise</c>: times a tensor, element by element; <c>pass</c>: handed on unchanged; <c>negate</c>; <c>zero</c>: nothing
/// goes on; <c>matmul-left</c>: g stands left in a product of matrices, g @ Bᵀ; <c>matmul-right</c>: it stands right, Aᵀ @ g; <c>matvec</c>: a matrix times the
/// vector g; <c>outer</c>: the outer product of two vectors; <c>sum-over</c>: then summed over what was repeated; <c>spread</c>: to all that were summed;
/// <c>choose</c>: only where it was chosen; <c>reshape</c>: the same elements in another order; <c>part</c>: the piece of g that is its own; <c>place</c>: g at
/// the places that were taken, 0 elsewhere; <c>convolve</c>; <c>other</c>.
/// </remarks>
internal static class RuleWords
{
    private static readonly HashSet<string> Choosing = ["relu", "maximum", "minimum", "max", "min", "where", "maxpool2d", "clamp"];

    /// <summary>The word of a derivative.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="symbol">Its derivative.</param>
    /// <param name="use">The shapes it is used with.</param>
    /// <param name="input">The input that the derivative is by.</param>
    public static string Of(Operation operation, DerivativeSymbol symbol, OperationUse use, int input)
    {
        if (symbol.Text == "0") return "zero";
        var name = operation.Name.ToLowerInvariant();
        if (Choosing.Contains(name)) return "choose";
        if (!symbol.IsRule) return Factor(symbol, use, input);
        return name switch
        {
            "matmul" or "linear" => Product(name == "linear", use, input),
            "sum" or "mean" or "avgpool2d" => "spread",
            "reshape" or "transpose" or "permute" => "reshape",
            "concat" or "stack" => "part",
            "index" or "slice" or "select" or "gather" or "indexselect" or "embedding" => "place",
            "conv2d" when input < 2 => "convolve",
            _ when symbol.Text == "g" => "pass",
            _ when symbol.Text.StartsWith("sum(g", StringComparison.Ordinal) => "sum-over",
            _ => "other",
        };
    }

    /// <summary>Of a derivative that g is multiplied by, element by element.</summary>
    private static string Factor(DerivativeSymbol symbol, OperationUse use, int input)
    {
        if (use.Inputs[input] != use.Output) return "sum-over";
        return symbol.Text switch
        {
            "1" => "pass",
            "-1" => "negate",
            // A single number, as the other input of a product may be.
            "{x}" when use.Inputs[0].Rank == 0 => "scale",
            "{y}" when use.Inputs[1].Rank == 0 => "scale",
            _ => use.Output.Rank == 0 ? "scale" : "elementwise",
        };
    }

    /// <summary>Of a product of vectors and matrices.</summary>
    private static string Product(bool isLinear, OperationUse use, int input)
    {
        if (input == 2) return use.Output.Rank == 1 ? "pass" : "sum-over";
        var (x, y) = (use.Inputs[0].Rank, isLinear ? 2 : use.Inputs[1].Rank);
        return (x, y, input) switch
        {
            (1, 1, _) => "elementwise",
            (1, 2, 0) or (2, 1, 1) => "matvec",
            (1, 2, 1) or (2, 1, 0) => "outer",
            _ when Math.Min(x, y) >= 2 => input == 0 ? "matmul-left" : "matmul-right",
            _ => "other",
        };
    }
}
