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
        return Explanation.Of(graph, name, most);
    }
}
