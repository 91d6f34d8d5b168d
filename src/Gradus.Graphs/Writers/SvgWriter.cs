using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Gradus.Graphs;

/// <summary>
/// A graph as a picture, as textbooks draw it: operations as circles, variables by their names, on each line the value above and the gradient below.
/// </summary>
/// <remarks>
/// One file without scripts, fonts or references; light or dark as the reader's system is. Pointing at a node shows its formula and derivatives.
/// </remarks>
public static partial class SvgWriter
{
    private const int LongestTitle = 200;

    /// <summary>The picture of a graph.</summary>
    public static string Write(GraphModel graph) => Write(graph, GraphLayout.LeftToRight);

    /// <summary>The picture of a graph, laid out in one of several ways.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layout">Which way it goes.</param>
    /// <param name="width">Where it is wrapped, how wide it may be, in pixels; a layer or module that is wider by itself stays as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layout, or the width is not positive.</exception>
    public static string Write(GraphModel graph, GraphLayout layout, int width = 1200)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var drawing = LayeredLayout.Of(graph, LayoutStyle.Of(layout, width));
        return Write(graph, drawing);
    }

    private static string Write(GraphModel graph, Drawing drawing)
    {
        var svg = new StringBuilder();
        var isDown = drawing.IsTopDown;
        var (width, height) = (N(Math.Ceiling(drawing.Width)), N(Math.Ceiling(drawing.Height)));
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n");
        svg.Append($"<title>{Escape(TitleOf(graph))}</title>\n");
        svg.Append($"<style>\n{SvgStyle.Of(graph)}</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
        foreach (var group in drawing.Groups) Write(svg, group);
        foreach (var wire in drawing.Wires) Write(svg, graph, wire, isDown);
        foreach (var node in drawing.Nodes) Write(svg, graph, node, isDown);
        var (first, second) = isDown ? ("left of", "right of") : ("above", "below");
        svg.Append($"<text class=\"muted\" x=\"20\" y=\"{N(drawing.Height - 14)}\">{first} the line the <tspan class=\"value\">value</tspan>, " +
            $"{second} it the <tspan class=\"gradient\">gradient</tspan>{Heads(graph)}</text>\n");
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>What is drawn, on one line, cut where it is long.</summary>
    internal static string TitleOf(GraphModel graph)
    {
        var title = graph.Title.ReplaceLineEndings(" ");
        return PlainText.Of(title.Length <= LongestTitle ? title : title[..LongestTitle] + "…");
    }

    /// <summary>Whether gradients flow back from several heads, each in a color of its own.</summary>
    internal static bool HasFlows(GraphModel graph) => graph.Nodes.Any(static node => node.HeadGradients.Length > 1);

    private static string Heads(GraphModel graph) => !HasFlows(graph)
        ? ""
        : " of " + string.Join(
            " + ", graph.Outputs.Select((output, head) => $"<tspan class=\"h{SvgStyle.Color(head)}\">{Escape(graph.Nodes[output].Name)}</tspan>"));

    private static void Write(StringBuilder svg, GroupShape shape)
    {
        var box = shape.Box;
        svg.Append($"<g class=\"group\" id=\"g{shape.Group.Id}\"><title>{Escape(shape.Group.Name)}: {Escape(shape.Group.Title)}</title>");
        svg.Append($"<rect class=\"frame\" x=\"{N(box.Left)}\" y=\"{N(box.Top)}\" width=\"{N(box.Width)}\" height=\"{N(box.Height)}\" rx=\"10\"/>");
        svg.Append($"<text class=\"caption\" x=\"{N(box.Left + shape.TitleAt)}\" y=\"{N(box.Top + 17)}\">");
        svg.Append($"{Escape(LayeredLayout.TitleOf(shape.Group))}</text></g>\n");
    }

    private static void Write(StringBuilder svg, GraphModel graph, Wire wire, bool isDown)
    {
        var path = Path(wire.Points);
        var flows = Flows(graph, wire, isDown);
        if (wire is not { To: { } to, Input: { } input })
        {
            svg.Append($"<path class=\"wire\" d=\"{path}\"/>{flows}\n");
            return;
        }

        var tip = wire.Points[^1];
        svg.Append($"<g class=\"edge\" id=\"e{to}-{input}\"><title>{Escape(Describe(graph, wire.From, graph.Nodes[to], input))}</title>" +
            $"<path class=\"wire\" d=\"{path}\"/>{flows}");
        var arrow = isDown
            ? $"M{P(new Point(tip.X - 3.5, tip.Y - 1))} l3.5 7 l3.5 -7 z"
            : $"M{P(new Point(tip.X - 1, tip.Y - 3.5))} l7 3.5 l-7 3.5 z";
        svg.Append($"<path class=\"arrow\" d=\"{arrow}\"/></g>\n");
    }

    /// <summary>The strands of several heads' gradients along a line, side by side.</summary>
    private static string Flows(GraphModel graph, Wire wire, bool isDown)
    {
        var carrier = graph.Nodes[wire.To ?? wire.From];
        if (carrier.HeadGradients.Length < 2 || graph.Nodes[wire.From].Gradient is null) return "";
        var heads = Enumerable.Range(0, carrier.HeadGradients.Length)
            .Where(head => carrier.HeadGradients[head] is not null && graph.Nodes[wire.From].HeadGradients[head] is not null).ToArray();
        return string.Concat(heads.Select((head, index) =>
        {
            var beside = (index - ((heads.Length - 1) / 2.0)) * 3;
            var strand = isDown ? wire.Moved(beside, 0) : wire.Moved(0, beside);
            return $"<path class=\"flow f{SvgStyle.Color(head)}\" d=\"{Path(strand.Points)}\"/>";
        }));
    }

    private static string Path(Point[] points)
    {
        var path = new StringBuilder($"M{P(points[0])}");
        for (var index = 1; index < points.Length; index += 3)
        {
            var isStraight = points[index] == points[index - 1];
            path.Append(isStraight ? $" L{P(points[index + 2])}" : $" C{P(points[index])} {P(points[index + 1])} {P(points[index + 2])}");
        }

        return path.ToString();
    }

    /// <summary>What comes back along an edge: the gradient of the node times the local derivative.</summary>
    private static string Describe(GraphModel graph, int from, GraphNode to, int input)
    {
        var local = to.Local[input];
        if (graph.Nodes[from].Kind == GraphNodeKind.Constant) return $"nothing flows back to the constant {graph.Nodes[from].Name}";
        if (local.Number is not { } number || to.Gradient is not { } gradient) return $"back to {graph.Nodes[from].Name}: {local.Rule}";
        return $"back to {graph.Nodes[from].Name}: {NumberText.Of(gradient)} · {NumberText.Of(number)} = {NumberText.Of(gradient.Item() * number)}";
    }

    private static void Write(StringBuilder svg, GraphModel graph, NodeShape shape, bool isDown)
    {
        var (node, head) = (shape.Node, shape.Head);
        var kind = node.Kind.ToString().ToLowerInvariant() + (node.Folded is null ? "" : " module") + (graph.Outputs.Contains(node.Id) ? " output" : "");
        svg.Append($"<g class=\"node {kind}\" id=\"n{node.Id}\"><title>{Escape(node.ToString())}</title>");
        if (shape.IsCircle)
        {
            svg.Append($"<circle class=\"head\" cx=\"{N(head.CenterX)}\" cy=\"{N(head.CenterY)}\" r=\"{N(head.Width / 2)}\"/>");
        }
        else if (node.Kind == GraphNodeKind.Operation)
        {
            svg.Append($"<rect class=\"head\" x=\"{N(head.Left)}\" y=\"{N(head.Top)}\" width=\"{N(head.Width)}\" height=\"{N(head.Height)}\" " +
                $"rx=\"{N(node.Folded is null ? Math.Min(17, head.Height / 2) : 6)}\"/>");
        }

        // A second line around what can be opened.
        if (node.Folded is not null)
        {
            svg.Append($"<rect class=\"inset\" x=\"{N(head.Left + 3)}\" y=\"{N(head.Top + 3)}\" " +
                $"width=\"{N(head.Width - 6)}\" height=\"{N(head.Height - 6)}\" rx=\"4\"/>");
        }

        svg.Append($"<text class=\"symbol\" x=\"{N(head.CenterX)}\" y=\"{N(head.CenterY + 5)}\">{Named(shape.Text)}</text>");
        foreach (var label in shape.Labels)
        {
            var name = label.Name.Length > 0 ? $"<tspan class=\"name\">{Named(label.Name)}</tspan>" : "";
            var text = label.Kind == LabelKind.Shares ? Shares(node) : Escape(label.Text);
            // How wide a text is cannot be known here: at the left of a line it ends beside it.
            var isLeft = isDown && label.Kind == LabelKind.Value;
            svg.Append($"<text class=\"label {label.Kind.ToString().ToLowerInvariant()}\" x=\"{N(isLeft ? label.Box.Right : label.Box.Left)}\" " +
                $"{(isLeft ? "text-anchor=\"end\" " : "")}y=\"{N(label.Box.Bottom - 3)}\" xml:space=\"preserve\">{name}{text}</text>");
        }

        foreach (var strip in shape.Strips) Write(svg, strip);

        svg.Append("</g>\n");
    }

    /// <summary>What the heads add to a gradient, each in its color.</summary>
    private static string Shares(GraphNode node) => string.Join(NumberText.Between(node.Value ?? node.Gradient!), node.HeadGradients
        .Select(static (share, head) => share is null ? null : $"<tspan class=\"h{SvgStyle.Color(head)}\">{Escape(NumberText.Brief(share))}</tspan>")
        .OfType<string>());

    /// <summary>Cells in rows, those of one shade in one path.</summary>
    private static void Write(StringBuilder svg, Strip strip)
    {
        var cells = HeatGrid.Cells(strip.Tensor);
        var (rows, columns) = (cells.GetLength(0), cells.GetLength(1));
        var (width, height) = (strip.Box.Width / columns, strip.Box.Height / rows);
        var paths = new SortedDictionary<int, StringBuilder>();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns;)
            {
                var (shade, from) = (ShadeOf(cells[row, column]), column);
                while (column < columns && ShadeOf(cells[row, column]) == shade) column++;
                if (shade is not { } known) continue;
                if (!paths.TryGetValue(known, out var path)) paths.Add(known, path = new StringBuilder());
                path.Append($"M{N(from * width)} {N((row + 0.5) * height)}h{N((column - from) * width)}");
            }
        }

        svg.Append($"<g class=\"strip {strip.Kind.ToString().ToLowerInvariant()}-cells\" " +
            $"transform=\"translate({P(new Point(strip.Box.Left, strip.Box.Top))})\" " +
            $"stroke-width=\"{N(height + 0.1)}\"><rect width=\"{N(strip.Box.Width)}\" height=\"{N(strip.Box.Height)}\"/>");
        foreach (var (shade, path) in paths) svg.Append($"<path class=\"s{shade}\" d=\"{path}\"/>");
        svg.Append("</g>");
    }

    /// <summary>From 0 for the most negative to the last for the largest, 0 in the middle.</summary>
    private static int? ShadeOf(double cell) => double.IsNaN(cell) ? null : (int)Math.Round((cell + 1) / 2 * SvgStyle.Shades);

    private static string P(Point point) => $"{N(point.X)} {N(point.Y)}";

    private static string N(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A letter with a number has an index, as in a textbook: w with a small 00 below, and what follows on the line again.</summary>
    private static string Named(string name) => Indexed.Match(name) is { Success: true } parts
        ? $"{parts.Groups[1]}<tspan class=\"index\" dy=\"3\">{parts.Groups[2]}</tspan>{(parts.Groups[3].Length > 0 ? "<tspan dy=\"-3\"> = </tspan>" : "")}"
        : Escape(name);

    private static string Escape(string text) => SecurityElement.Escape(PlainText.OfLines(text));

    [GeneratedRegex(@"^(\p{L})(\d{1,3})( = )?$")]
    private static partial Regex Indexed { get; }
}
