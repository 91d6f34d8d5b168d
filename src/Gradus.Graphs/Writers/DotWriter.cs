using System.Text;

namespace Gradus.Graphs;

/// <summary>A graph in the language of Graphviz.</summary>
public static class DotWriter
{
    /// <summary>The DOT of a graph, left to right; an edge's label has the value, and below it the gradient.</summary>
    public static string Write(GraphModel graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var dot = new StringBuilder("digraph {\n  rankdir=LR;\n  node [fontname=\"Helvetica\"];\n  edge [fontname=\"Helvetica\", fontsize=10];\n");
        foreach (var node in graph.Nodes)
        {
            var shape = node.Kind == GraphNodeKind.Operation ? "circle" : "plaintext";
            var result = graph.Outputs.Contains(node.Id) ? $", xlabel=\"{Escape(ValueText.Below(node, node.Name + " = "))}\", penwidth=2" : "";
            dot.Append($"  n{node.Id} [shape={shape}, label=\"{Escape(node.Symbol)}\"{result}];\n");
        }

        foreach (var edge in graph.Edges) dot.Append($"  n{edge.From} -> n{edge.To} [label=\"{Escape(ValueText.Below(graph.Nodes[edge.From]))}\"];\n");
        return dot.Append("}\n").ToString();
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
