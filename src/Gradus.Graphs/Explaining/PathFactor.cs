namespace Gradus.Graphs;

/// <summary>One factor of a path's product: the derivative of a node with respect to one of its inputs.</summary>
internal readonly struct PathFactor(GraphModel graph, PathStep step)
{
    public GraphNode Node => graph.Nodes[step.Node];

    public GraphNode Input => graph.Nodes[Node.Inputs[step.Input]];

    public int Index => step.Input;

    public LocalDerivative Local => Node.Local[step.Input];

    public GraphNode[] Inputs => [.. Node.Inputs.Select(NodeOf)];

    /// <summary>Whether it acts on each element by itself, so that its Jacobian is diagonal.</summary>
    public bool IsDiagonal => Local.IsDiagonal;

    /// <summary>
    /// In symbols: of single numbers <c>y</c>, element by element <c>diag(y)</c>, else what it does to the gradient that comes from the left.
    /// </summary>
    public string Text
    {
        get
        {
            if (Local.Number is not null) return Bracketed(Local.Symbol);
            if (!IsDiagonal) return $"[g ↦ {Local.Rule}]";
            return Local.Symbol switch { "1" => "I", "-1" => "(−I)", var symbol => IsEnclosed(symbol) ? $"diag{symbol}" : $"diag({symbol})" };
        }
    }

    /// <summary>A factor in brackets where it needs them.</summary>
    public static string Bracketed(string text) => text.Contains(' ') && !IsEnclosed(text) ? $"({text})" : text[0] is '-' or '−' ? $"({text})" : text;

    /// <summary>Whether one pair of brackets is around all of it.</summary>
    private static bool IsEnclosed(string text)
    {
        var depth = 0;
        for (var index = 0; index < text.Length; index++)
        {
            depth += text[index] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0) return index == text.Length - 1 && text[0] == '(';
        }

        return false;
    }

    private GraphNode NodeOf(int id) => graph.Nodes[id];
}
