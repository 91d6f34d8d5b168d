namespace Gradus.Graphs;

/// <summary>The chain rule in words.</summary>
public static class GraphExplaining
{
    /// <summary>Writes out the gradient of a value: every path from the heads to it, and what each contributes.</summary>
    /// <param name="graph">An evaluated graph: <see cref="Expression.Evaluate"/>.</param>
    /// <param name="name">The value.</param>
    /// <param name="most">How many paths to list, the largest first.</param>
    /// <exception cref="GradusException">There is no such value, it is a constant, or the graph's values are not known.</exception>
    public static Explanation Explain(this GraphModel graph, string name, int most = 10)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        // What is inside a folded module is explained with that module open.
        if (graph.Nodes.Any(node => node.Name == name && node.Kind != GraphNodeKind.Constant) || graph.Unfolded == graph)
        {
            return Explanation.Of(graph, name, most);
        }

        var around = graph.Unfolded.Around(graph.Unfolded[name].Group).ToHashSet();
        var folded = graph.Nodes.Select(static node => node.Folded?.Id).OfType<int>().ToHashSet();
        return Explanation.Of(graph.Unfolded.Fold(group => folded.Contains(group.Id) && !around.Contains(group.Id)), name, most);
    }
}
