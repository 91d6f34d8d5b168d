using System.Text;

namespace Gradus.Graphs;

/// <summary>A graph in the language of Graphviz.</summary>
public static class DotWriter
{
    /// <summary>The DOT of a graph, left to right; an edge's label has the value, and below it the gradient. Open modules are clusters.</summary>
    public static string Write(GraphModel graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var dot = new StringBuilder("digraph {\n  rankdir=LR;\n  node [fontname=\"Helvetica\"];\n  edge [fontname=\"Helvetica\", fontsize=10];\n");
        WriteInside(dot, graph, null, "  ");
        foreach (var edge in graph.Edges) dot.Append($"  n{edge.From} -> n{edge.To} [label=\"{Escape(ValueText.Below(graph.Nodes[edge.From]))}\"];\n");
        return dot.Append("}\n").ToString();
    }

    private static void WriteInside(StringBuilder dot, GraphModel graph, int? group, string indent)
    {
        foreach (var node in graph.Nodes.Where(node => node.Group == group))
        {
            var shape = node.Folded is not null ? "box, peripheries=2" : node.Kind == GraphNodeKind.Operation ? "circle" : "plaintext";
            var result = graph.Outputs.Contains(node.Id) ? $", xlabel=\"{Escape(ValueText.Below(node, node.Name + " = "))}\", penwidth=2" : "";
            dot.Append($"{indent}n{node.Id} [shape={shape}, label=\"{Escape(node.Symbol)}\"{result}];\n");
        }

        foreach (var inner in graph.OpenGroups(group))
        {
            dot.Append($"{indent}subgraph cluster_{inner.Id} {{\n{indent}  label=\"{Escape(LayeredLayout.TitleOf(inner))}\";\n");
            WriteInside(dot, graph, inner.Id, indent + "  ");
            dot.Append($"{indent}}}\n");
        }
    }

    private static string Escape(string text) => PlainText.OfLines(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
