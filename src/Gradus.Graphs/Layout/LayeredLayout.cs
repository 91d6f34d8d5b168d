namespace Gradus.Graphs;

/// <summary>Lays a graph out from left to right as textbooks do: layers, few crossings, straight lines, room for every label.</summary>
/// <remarks>
/// A layer is a column with the heads at its left and, on the lines that leave them, the labels at its right. Curves run in the gaps between columns only, and
/// within a column every line keeps to its own slot's height; so no edge runs through a node or a label. What is far wider than tall is broken into rows.
/// </remarks>
internal static class LayeredLayout
{
    private const double Margin = 20;
    private const double Legend = 22;
    private const double LeastGap = 34;
    private const double MostGap = 120;
    private const double PassingHalf = 5;

    // Inside the frame of a module: above, for its title, and below.
    private const double TitleHeight = 26;
    private const double FramePadding = 12;
    public const double TitleSize = 12;

    public static Drawing Of(GraphModel graph)
    {
        var level = LayoutLevel.Of(graph) ?? LayoutLevel.Of(graph, withGroups: false)!;
        var places = Place(level, Margin, Margin);
        var nodes = places.Nodes.OrderBy(static shape => shape.Node.Id).ToArray();
        return new Drawing(places.Right + Margin, places.Bottom + Legend + Margin, nodes, [.. places.Wires], [.. places.Groups]);
    }

    /// <summary>Lays out what is inside of an open module.</summary>
    public static Interior Inside(LayoutLevel level)
    {
        var places = Place(level, 0, TitleHeight);
        var width = Math.Max(places.Right, TextWidth.Of(TitleOf(level.Group!), TitleSize) + (2 * FramePadding));
        var wires = places.Wires.Concat(places.Exits.Values.Where(_ => width > places.ExitsAt)
            .Select(exit => new Wire(exit.Value, null, null, Wiring.Line(new Point(places.ExitsAt, exit.Y), new Point(width, exit.Y)))));
        var exits = places.Exits.ToDictionary(static exit => exit.Key, static exit => exit.Value.Y);
        return new Interior(level.Group!, width, places.Bottom + FramePadding, [.. places.Nodes], [.. wires], [.. places.Groups], places.Entries, exits);
    }

    /// <summary>What stands on the frame of a module: <c>0: Linear(784 → 512)</c>.</summary>
    public static string TitleOf(GraphGroup group) =>
        group.Title.StartsWith(group.Name, StringComparison.Ordinal) ? group.Title : $"{group.Name[(group.Name.LastIndexOf('.') + 1)..]}: {group.Title}";

    private static Places Place(LayoutLevel level, double left, double top)
    {
        var slots = new LayerSlots(level);
        CrossingReduction.Run(slots);
        double[] half = [.. Enumerable.Range(0, slots.Count).Select(slot => slots.IsNode(slot) ? level.Items[slot].HalfHeight : PassingHalf)];
        var y = VerticalPlaces.Of(slots, half);
        var highest = y.Select((height, slot) => height - half[slot]).DefaultIfEmpty(0).Min();
        for (var slot = 0; slot < y.Length; slot++) y[slot] = Math.Round(y[slot] - highest + top, 1);
        var columns = Columns(level, slots, y, left);
        var rows = new RowBreaks(slots, columns, y, half);
        var places = new Places
        {
            Right = Math.Max(left, rows.Right),
            ExitsAt = columns.Length == 0 ? left : columns[^1].Right,
            Bottom = y.Select((height, slot) => height + half[slot]).DefaultIfEmpty(top).Max(),
        };
        var heads = new Box[level.Items.Length];
        for (var index = 0; index < heads.Length; index++)
        {
            var (item, column) = (level.Items[index], columns[slots.Layer(index)]);
            if (item.Node is { } size)
            {
                var shape = Shape(size, column, y[index]);
                places.Nodes.Add(shape);
                heads[index] = shape.Head;
            }
            else
            {
                heads[index] = new Box(item.Interior is null ? column.Left : column.Left + ((column.Heads - item.HeadWidth) / 2),
                    y[index] - item.HalfHeight, item.HeadWidth, 2 * item.HalfHeight);
                if (item.Interior is { } interior) places.Add(interior, heads[index]);
            }
        }

        new Wiring(level, slots, columns, rows, heads, y).Run(places);
        return places;
    }

    /// <summary>Where each column begins, how wide its heads are, and where it ends. Gaps are wider where lines climb far.</summary>
    private static Column[] Columns(LayoutLevel level, LayerSlots slots, double[] y, double left)
    {
        var columns = new Column[slots.Layers.Length];
        for (var layer = 0; layer < columns.Length; layer++)
        {
            var items = slots.Layers[layer].Where(slots.IsNode).Select(slot => level.Items[slot]).ToArray();
            var heads = items.Select(static item => item.HeadWidth).DefaultIfEmpty(0).Max();
            columns[layer] = new Column(left, heads, left + heads + items.Select(static item => item.LabelWidth).DefaultIfEmpty(0).Max());
            var climb = slots.Layers[layer]
                .SelectMany(slot => slots.Right(slot).Select((other, index) => Math.Abs(y[slot] - y[other] - slots.RightShifts(slot)[index])))
                .DefaultIfEmpty(0).Max();
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
        var strips = new List<Strip>();
        var start = column.Left + column.Heads + NodeSize.LabelMargin;
        if (size.ValueName.Length + size.Value.Length > 0)
        {
            labels.Add(new Label(LabelKind.Value, size.ValueName, size.Value, LabelAt(size.ValueName + size.Value, y - size.ValueGap - NodeSize.LabelHeight)));
        }

        if (size.Gradient.Length > 0) labels.Add(new Label(LabelKind.Gradient, "", size.Gradient, LabelAt(size.Gradient, y + size.GradientGap)));
        if (size.Shares.Length > 0) labels.Add(new Label(LabelKind.Shares, "", size.Shares, LabelAt(size.Shares, y + size.GradientGap + NodeSize.LabelHeight)));
        if (size.ValueStrip > 0)
        {
            strips.Add(new Strip(LabelKind.Value, size.Node.Value!,
                new Box(start, y - NodeSize.LabelGap - NodeSize.StripHeight, size.ValueStrip, NodeSize.StripHeight)));
        }

        if (size.GradientStrip > 0)
        {
            strips.Add(new Strip(LabelKind.Gradient, size.Node.Gradient!, new Box(start, y + NodeSize.LabelGap, size.GradientStrip, NodeSize.StripHeight)));
        }

        return new NodeShape(size.Node, size.Text, new Box(left, y - (size.HeadHeight / 2), size.HeadWidth, size.HeadHeight),
            size.IsCircle, [.. labels], [.. strips]);

        Box LabelAt(string text, double top) => new(start, top, TextWidth.Of(text, NodeSize.LabelSize), NodeSize.LabelHeight);
    }

    internal readonly record struct Column(double Left, double Heads, double Right)
    {
        public Column Moved(double x) => this with { Left = Left + x, Right = Right + x };
    }

    /// <summary>What has found its place.</summary>
    internal sealed class Places
    {
        public List<NodeShape> Nodes { get; } = [];

        public List<Wire> Wires { get; } = [];

        public List<GroupShape> Groups { get; } = [];

        /// <summary>Where values come in, by height.</summary>
        public OrderedDictionary<int, double> Entries { get; } = [];

        /// <summary>Where values go out, by height.</summary>
        public Dictionary<int, (int Value, double Y)> Exits { get; } = [];

        public double Right { get; init; }

        /// <summary>Where the last column ends, and with it what goes out.</summary>
        public double ExitsAt { get; init; }

        public double Bottom { get; init; }

        public void Add(Interior interior, Box box)
        {
            Groups.Add(new GroupShape(interior.Group, box));
            Groups.AddRange(interior.Groups.Select(inner => inner with { Box = inner.Box.Moved(box.Left, box.Top) }));
            Nodes.AddRange(interior.Nodes.Select(node => node.Moved(box.Left, box.Top)));
            Wires.AddRange(interior.Wires.Select(wire => wire.Moved(box.Left, box.Top)));
        }
    }
}
