using System.Globalization;
using System.Security;
using System.Text;

namespace Gradus.Graphs;

/// <summary>A graph as a picture, as textbooks draw it: operations as circles, variables by their names, on each line the value above and the gradient below.</summary>
/// <remarks>One file without scripts, fonts or references; light or dark as the reader's system is. Pointing at a node shows its formula and derivatives.</remarks>
public static class SvgWriter
{
    private const string Style = """
        text { font-family: "Inter", "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        .page { fill: #ffffff; }
        .wire { fill: none; stroke: #94a3b8; stroke-width: 1.5; }
        .arrow { fill: #94a3b8; }
        .head { fill: #f1f5f9; stroke: #475569; stroke-width: 1.5; }
        .output .head { stroke-width: 2.5; }
        .symbol { fill: #0f172a; font-size: 15px; text-anchor: middle; }
        .variable .symbol { font-style: italic; }
        .constant .symbol { fill: #64748b; }
        .label { font-size: 12px; }
        .value { fill: #1d4ed8; }
        .name { fill: #0f172a; font-style: italic; }
        .gradient { fill: #c2410c; }
        .muted { fill: #64748b; font-size: 11px; }
        @media (prefers-color-scheme: dark) {
          .page { fill: #0f172a; }
          .wire { stroke: #64748b; }
          .arrow { fill: #64748b; }
          .head { fill: #1e293b; stroke: #94a3b8; }
          .symbol, .name { fill: #f1f5f9; }
          .constant .symbol, .muted { fill: #94a3b8; }
          .value { fill: #7dd3fc; }
          .gradient { fill: #fdba74; }
        }
        """;

    private const int LongestTitle = 200;

    /// <summary>The picture of a graph.</summary>
    public static string Write(GraphModel graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var drawing = LayeredLayout.Of(graph);
        var svg = new StringBuilder();
        var (width, height) = (N(Math.Ceiling(drawing.Width)), N(Math.Ceiling(drawing.Height)));
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n");
        svg.Append($"<title>{Escape(TitleOf(graph))}</title>\n");
        svg.Append($"<style>\n{Style}\n</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
        foreach (var wire in drawing.Wires) Write(svg, graph, wire);
        foreach (var node in drawing.Nodes) Write(svg, graph, node);
        svg.Append($"<text class=\"muted\" x=\"20\" y=\"{N(drawing.Height - 14)}\">above the line the <tspan class=\"value\">value</tspan>, below it the <tspan class=\"gradient\">gradient</tspan></text>\n");
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>What is drawn, on one line, cut where it is long.</summary>
    internal static string TitleOf(GraphModel graph)
    {
        var title = string.Concat(graph.Title.Select(static character => char.IsControl(character) ? ' ' : character));
        return title.Length <= LongestTitle ? title : title[..LongestTitle] + "…";
    }

    private static void Write(StringBuilder svg, GraphModel graph, Wire wire)
    {
        var path = new StringBuilder($"M{P(wire.Points[0])}");
        for (var index = 1; index < wire.Points.Length; index += 3)
        {
            var isStraight = wire.Points[index] == wire.Points[index - 1];
            path.Append(isStraight ? $" L{P(wire.Points[index + 2])}" : $" C{P(wire.Points[index])} {P(wire.Points[index + 1])} {P(wire.Points[index + 2])}");
        }

        if (wire is not { To: { } to, Input: { } input })
        {
            svg.Append($"<path class=\"wire\" d=\"{path}\"/>\n");
            return;
        }

        var tip = wire.Points[^1];
        svg.Append($"<g class=\"edge\" id=\"e{to}-{input}\"><title>{Escape(Describe(graph, wire.From, graph.Nodes[to], input))}</title><path class=\"wire\" d=\"{path}\"/>");
        svg.Append($"<path class=\"arrow\" d=\"M{P(new Point(tip.X - 1, tip.Y - 3.5))} l7 3.5 l-7 3.5 z\"/></g>\n");
    }

    /// <summary>What comes back along an edge: the gradient of the node times the local derivative.</summary>
    private static string Describe(GraphModel graph, int from, GraphNode to, int input)
    {
        var local = to.Local[input];
        if (local.Number is not { } number || to.Gradient is not { } gradient) return $"back to {graph.Nodes[from].Name}: {local.Rule}";
        return $"back to {graph.Nodes[from].Name}: {NumberText.Of(gradient)} · {NumberText.Of(number)} = {NumberText.Of(gradient.Item() * number)}";
    }

    private static void Write(StringBuilder svg, GraphModel graph, NodeShape shape)
    {
        var (node, head) = (shape.Node, shape.Head);
        var kind = node.Kind.ToString().ToLowerInvariant() + (graph.Outputs.Contains(node.Id) ? " output" : "");
        svg.Append($"<g class=\"node {kind}\" id=\"n{node.Id}\"><title>{Escape(node.ToString())}</title>");
        if (shape.IsCircle) svg.Append($"<circle class=\"head\" cx=\"{N(head.CenterX)}\" cy=\"{N(head.CenterY)}\" r=\"{N(head.Width / 2)}\"/>");
        else if (node.Kind == GraphNodeKind.Operation) svg.Append($"<rect class=\"head\" x=\"{N(head.Left)}\" y=\"{N(head.Top)}\" width=\"{N(head.Width)}\" height=\"{N(head.Height)}\" rx=\"{N(Math.Min(17, head.Height / 2))}\"/>");
        svg.Append($"<text class=\"symbol\" x=\"{N(head.CenterX)}\" y=\"{N(head.CenterY + 5)}\">{Escape(shape.Text)}</text>");
        foreach (var label in shape.Labels)
        {
            var name = label.Name.Length > 0 ? $"<tspan class=\"name\">{Escape(label.Name)}</tspan>" : "";
            svg.Append($"<text class=\"label {(label.Kind == LabelKind.Value ? "value" : "gradient")}\" x=\"{N(label.Box.Left)}\" y=\"{N(label.Box.Bottom - 3)}\" xml:space=\"preserve\">{name}{Escape(label.Text)}</text>");
        }

        svg.Append("</g>\n");
    }

    private static string P(Point point) => $"{N(point.X)} {N(point.Y)}";

    private static string N(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) => SecurityElement.Escape(text);
}
