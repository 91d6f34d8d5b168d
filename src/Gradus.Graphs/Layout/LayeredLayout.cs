namespace Gradus.Graphs;

/// <summary>Lays a graph out from left to right as textbooks do: layers, few crossings, straight lines, room for every label.</summary>
/// <remarks>
/// A layer is a column with the heads at its left and, on the lines that leave them, the labels at its right. Curves run in the gaps between columns only, and
/// within a column every line keeps to its own slot's height; so no edge runs through a node or a label.
/// </remarks>
internal static class LayeredLayout
{
    private const double Margin = 20;
    private const double Legend = 22;
    private const double LeastGap = 34;
    private const double MostGap = 120;
    private const double PassingHalf = 5;
    private const double ArrowLength = 6;

    public static Drawing Of(GraphModel graph)
    {
        var slots = new LayerSlots(graph);
        CrossingReduction.Run(slots);
        var sizes = graph.Nodes.Select(node => new NodeSize(node, slots.Right(node.Id).Count)).ToArray();
        var y = VerticalPlaces.Of(slots, [.. Enumerable.Range(0, slots.Count).Select(slot => slots.IsNode(slot) ? sizes[slot].HalfHeight : PassingHalf)]);
        var top = Enumerable.Range(0, slots.Count).Select(slot => y[slot] - (slots.IsNode(slot) ? sizes[slot].HalfHeight : PassingHalf)).DefaultIfEmpty(0).Min();
        for (var slot = 0; slot < y.Length; slot++) y[slot] = Math.Round(y[slot] - top + Margin, 1);
        var columns = Columns(slots, sizes, y);
        var nodes = sizes.Select(size => Shape(size, columns[slots.Layer(size.Node.Id)], y[size.Node.Id])).ToArray();
        var bottom = Enumerable.Range(0, slots.Count).Select(slot => y[slot] + (slots.IsNode(slot) ? sizes[slot].HalfHeight : PassingHalf)).DefaultIfEmpty(0).Max();
        return new Drawing(columns.Length == 0 ? 2 * Margin : columns[^1].Right + Margin, bottom + Legend + Margin, nodes, [.. Wires(graph, slots, columns, nodes, y)]);
    }

    /// <summary>Where each column begins, how wide its heads are, and where it ends. Gaps are wider where lines climb far.</summary>
    private static Column[] Columns(LayerSlots slots, NodeSize[] sizes, double[] y)
    {
        var columns = new Column[slots.Layers.Length];
        var left = Margin;
        for (var layer = 0; layer < columns.Length; layer++)
        {
            var nodes = slots.Layers[layer].Where(slots.IsNode).Select(slot => sizes[slot]).ToArray();
            var heads = nodes.Max(static size => size.HeadWidth);
            columns[layer] = new Column(left, heads, left + heads + nodes.Max(static size => size.LabelWidth));
            var climb = slots.Layers[layer].SelectMany(slot => slots.Right(slot).Select(other => Math.Abs(y[slot] - y[other]))).DefaultIfEmpty(0).Max();
            left = columns[layer].Right + Math.Clamp(climb * 0.3, LeastGap, MostGap);
        }

        return columns;
    }

    private static NodeShape Shape(NodeSize size, Column column, double y)
    {
        var left = size.Node.Kind == GraphNodeKind.Operation ? column.Left + ((column.Heads - size.HeadWidth) / 2)
            : size.HasLabels ? column.Left + column.Heads - size.HeadWidth
            : Math.Max(column.Left, column.Right - NodeSize.LabelMargin - size.HeadWidth);
        var labels = new List<Label>();
        var start = column.Left + column.Heads + NodeSize.LabelMargin;
        if (size.ValueName.Length + size.Value.Length > 0)
        {
            var width = TextWidth.Of(size.ValueName + size.Value, NodeSize.LabelSize);
            labels.Add(new Label(LabelKind.Value, size.ValueName, size.Value, new Box(start, y - NodeSize.LabelGap - NodeSize.LabelHeight, width, NodeSize.LabelHeight)));
        }

        if (size.Gradient.Length > 0) labels.Add(new Label(LabelKind.Gradient, "", size.Gradient, new Box(start, y + NodeSize.LabelGap, TextWidth.Of(size.Gradient, NodeSize.LabelSize), NodeSize.LabelHeight)));
        return new NodeShape(size.Node, size.Text, new Box(left, y - (size.HeadHeight / 2), size.HeadWidth, size.HeadHeight), size.IsCircle, [.. labels]);
    }

    private static IEnumerable<Wire> Wires(GraphModel graph, LayerSlots slots, Column[] columns, NodeShape[] nodes, double[] y)
    {
        // The line out of each node, with its labels, and through each place that an edge passes.
        for (var slot = 0; slot < slots.Count; slot++)
        {
            var column = columns[slots.Layer(slot)];
            var left = slots.IsNode(slot) ? nodes[slot].Head.Right : column.Left;
            if (column.Right > left && (slots.Right(slot).Count > 0 || nodes[slots.Source(slot)].Labels.Length > 0)) yield return new Wire(slots.Source(slot), null, null, Straight(new Point(left, y[slot]), new Point(column.Right, y[slot])));
        }

        for (var slot = 0; slot < slots.Count; slot++)
        {
            var ports = Ports(slots, nodes, y, slot);
            for (var input = 0; input < slots.Left(slot).Count; input++)
            {
                var from = slots.Left(slot)[input];
                var (begin, end) = (new Point(columns[slots.Layer(from)].Right, y[from]), new Point(columns[slots.Layer(slot)].Left, ports[input].Y));
                Point[] points = [.. Curve(begin, end)];
                if (!slots.IsNode(slot))
                {
                    yield return new Wire(slots.Source(slot), null, null, points);
                    continue;
                }

                var tip = new Point(ports[input].X - ArrowLength, ports[input].Y);
                yield return new Wire(slots.Source(from), slot, input, tip.X > end.X ? [.. points, .. Straight(end, tip)[1..]] : Curve(begin, tip));
            }
        }
    }

    /// <summary>Where each line arrives at a node: one below the other, in the order they come from, so that they do not cross at the end.</summary>
    private static Point[] Ports(LayerSlots slots, NodeShape[] nodes, double[] y, int slot)
    {
        var left = slots.Left(slot);
        if (!slots.IsNode(slot)) return [.. left.Select(_ => new Point(0, y[slot]))];
        var head = nodes[slot].Head;
        var order = Enumerable.Range(0, left.Count).OrderBy(input => y[left[input]]).ToArray();
        var distance = left.Count > 1 ? Math.Min(13, head.Height * 0.66 / (left.Count - 1)) : 0;
        var ports = new Point[left.Count];
        for (var index = 0; index < order.Length; index++)
        {
            var offset = (index - ((order.Length - 1) / 2.0)) * distance;
            var radius = head.Height / 2;
            var inset = nodes[slot].IsCircle ? radius - Math.Sqrt((radius * radius) - (offset * offset)) : 0;
            ports[order[index]] = new Point(head.Left + inset, y[slot] + offset);
        }

        return ports;
    }

    private static Point[] Straight(Point from, Point to) => [from, from, to, to];

    private static Point[] Curve(Point from, Point to)
    {
        var half = (to.X - from.X) / 2;
        return [from, new Point(from.X + half, from.Y), new Point(to.X - half, to.Y), to];
    }

    private readonly record struct Column(double Left, double Heads, double Right);
}
