using System.Text;

namespace Gradus.Graphs;

/// <summary>A graph as a Mermaid flowchart, which many wikis and repositories show.</summary>
public static class MermaidWriter
{
    /// <summary>The flowchart of a graph; an edge's label has the value and the gradient. Open modules are subgraphs.</summary>
    public static string Write(GraphModel graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder("flowchart LR\n");
        WriteInside(text, graph, null, "  ");
        foreach (var edge in graph.Edges)
        {
            var label = ValueText.Below(graph.Nodes[edge.From]);
            text.Append(label.Length > 0 ? $"  n{edge.From} -->|\"{Escape(label)}\"| n{edge.To}\n" : $"  n{edge.From} --> n{edge.To}\n");
        }

        return text.ToString();
    }

    private static void WriteInside(StringBuilder text, GraphModel graph, int? group, string indent)
    {
        foreach (var node in graph.Nodes.Where(node => node.Group == group))
        {
            var label = graph.Outputs.Contains(node.Id) ? $"{node.Symbol}\n{ValueText.Below(node, node.Name + " = ")}" : node.Symbol;
            var (open, close) = node.Folded is not null ? ("[[", "]]") : node.Kind == GraphNodeKind.Operation ? ("((", "))") : ("[", "]");
            text.Append($"{indent}n{node.Id}{open}\"{Escape(label)}\"{close}\n");
        }

        foreach (var inner in graph.OpenGroups(group))
        {
            text.Append($"{indent}subgraph g{inner.Id}[\"{Escape(LayeredLayout.TitleOf(inner))}\"]\n");
            WriteInside(text, graph, inner.Id, indent + "  ");
            text.Append($"{indent}end\n");
        }
    }

    private static string Escape(string text) => PlainText.OfLines(text)
        .Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal).Replace("\n", "<br/>", StringComparison.Ordinal);
}
