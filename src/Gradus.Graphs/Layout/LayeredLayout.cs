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

    private const int MostRounds = 8;

    // Of the words below a picture that goes from top to bottom.
    private const double LegendWidth = 340;

    // Inside the frame of a module: above, for its title, and below.
    private const double TitleHeight = 26;
    private const double FramePadding = 12;
    private const double BesideLine = 8;
    public const double TitleSize = 12;

    public static Drawing Of(GraphModel graph, LayoutStyle? style = null)
    {
        style ??= LayoutStyle.LeftToRight;
        var level = LayoutLevel.Of(graph, style) ?? LayoutLevel.Of(graph, style, withGroups: false)!;
        var places = Place(level, style, Margin, Margin);
        var nodes = places.Nodes.OrderBy(static shape => shape.Node.Id).ToArray();
        var (length, breadth) = (places.Right + Margin, places.Bottom + Margin);
        if (!style.IsTopDown) return new Drawing(length, breadth + Legend, nodes, [.. places.Wires], [.. places.Groups]);
        return new Drawing(length + Legend, Math.Max(breadth, LegendWidth), nodes, [.. places.Wires], [.. places.Groups]).Turned();
    }

    /// <summary>Lays out what is inside of an open module.</summary>
    public static Interior Inside(LayoutLevel level, LayoutStyle style)
    {
        // The title takes the room above; from top to bottom lines come in beside it.
        var (before, above) = style.IsTopDown ? (TitleHeight, FramePadding) : (0, TitleHeight);
        var places = Place(level, style, before, above);
        var title = TextWidth.Of(TitleOf(level.Group!), TitleSize);
        var titleAt = style.IsTopDown ? Beside(places.Entries.Values, title) : FramePadding;
        var (width, height) = (places.Right, places.Bottom + FramePadding);
        if (style.IsTopDown) height = Math.Max(height, titleAt + title + FramePadding);
        else width = Math.Max(width, title + (2 * FramePadding));
        var wires = places.Wires.Concat(places.Exits.Values.Where(_ => width > places.ExitsAt)
            .Select(exit => new Wire(exit.Value, null, null, Wiring.Line(new Point(places.ExitsAt, exit.Y), new Point(width, exit.Y)))));
        if (before > 0)
        {
            wires = wires.Concat(
                places.Entries.Select(entry => new Wire(entry.Key, null, null, Wiring.Line(new Point(0, entry.Value), new Point(before, entry.Value)))));
        }

        var exits = places.Exits.ToDictionary(static exit => exit.Key, static exit => exit.Value.Y);
        return new Interior(level.Group!, width, height, titleAt, [.. places.Nodes], [.. wires], [.. places.Groups], places.Entries, exits);
    }

    /// <summary>Where a title begins so that no line runs through it: first of all at the edge, else beside a line.</summary>
    private static double Beside(IEnumerable<double> lines, double title)
    {
        double[] all = [.. lines];
        return all.Select(static line => line + BesideLine).Append(FramePadding).Order()
            .First(at => all.All(line => line < at - (BesideLine / 2) || line > at + title + (BesideLine / 2)));
    }

    /// <summary>What stands on the frame of a module: <c>0: Linear(784 → 512)</c>.</summary>
    public static string TitleOf(GraphGroup group) =>
        group.Title.StartsWith(group.Name, StringComparison.Ordinal) ? group.Title : $"{group.Name[(group.Name.LastIndexOf('.') + 1)..]}: {group.Title}";

    private static Places Place(LayoutLevel level, LayoutStyle style, double left, double top)
    {
        var slots = new LayerSlots(level);
        CrossingReduction.Run(slots);
        double[] half = [.. Enumerable.Range(0, slots.Count).Select(slot => slots.IsNode(slot) ? level.Items[slot].HalfHeight : PassingHalf)];
        var (y, columns, starts) = Rows(level, style, slots, half, left, top);
        var rows = new RowBreaks(slots, columns, y, half, starts);
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
                var shape = NodePlaces.Of(size, column, y[index]);
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

    /// <summary>The heights of slots, the columns, all in one row, and the first layer of each row.</summary>
    private static (double[] Y, Column[] Columns, List<int> Starts) Rows(
        LayoutLevel level, LayoutStyle style, LayerSlots slots, double[] half, double left, double top)
    {
        var y = VerticalPlaces.Of(slots, half, []);
        Drop();
        var columns = Columns(level, slots, y, left);
        if (style.RowWidth is not { } width || columns.Length == 0)
        {
            return (y, columns, RowBreaks.Balanced(slots, columns, y, y.Select((height, slot) => height + half[slot]).DefaultIfEmpty(0).Max() - top));
        }

        if (level.Group is null) width -= 2 * Margin;
        var starts = RowBreaks.Fitting(slots, columns, y, width);
        // In a row of its own a line need not run where it would in the whole; so heights and gaps are smaller, and rows may end elsewhere.
        for (var round = 0; starts.Count > 1 && round < MostRounds; round++)
        {
            y = VerticalPlaces.Of(slots, half, starts);
            Drop();
            columns = Columns(level, slots, y, left);
            var before = starts;
            starts = RowBreaks.Fitting(slots, columns, y, width);
            if (starts.SequenceEqual(before)) break;
        }

        return (y, columns, starts);

        void Drop()
        {
            var highest = y.Select((height, slot) => height - half[slot]).DefaultIfEmpty(0).Min();
            for (var slot = 0; slot < y.Length; slot++) y[slot] = Math.Round(y[slot] - highest + top, 1);
        }
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
            Groups.Add(new GroupShape(interior.Group, box, interior.TitleAt));
            Groups.AddRange(interior.Groups.Select(inner => inner with { Box = inner.Box.Moved(box.Left, box.Top) }));
            Nodes.AddRange(interior.Nodes.Select(node => node.Moved(box.Left, box.Top)));
            Wires.AddRange(interior.Wires.Select(wire => wire.Moved(box.Left, box.Top)));
        }
    }
}
