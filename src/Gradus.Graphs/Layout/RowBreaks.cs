namespace Gradus.Graphs;

/// <summary>Breaks a drawing that is far wider than tall into rows, as a text is broken into lines, and draws the lines that go on in the next row.</summary>
/// <remarks>
/// A row is some of the columns, each still with its own heights. What goes on leaves a row at its right, runs back between the two, and comes in at the left
/// of the next: the upper line around the lower ones, so that none crosses another on the way.
/// </remarks>
internal sealed class RowBreaks
{
    // A row fits on a screen. What is little wider is not broken: its second row would be one node.
    private const double Widest = 1600;
    private const double LeastRows = 1.5;
    private const double MostTimesWider = 5;

    // By this share of its width a row may be longer than the mean, or end earlier, where fewer lines go on.
    private const double Late = 0.1;
    private const double Early = 0.3;

    // Beside the lines between rows, from one of them to the next, and around their corners.
    private const double Gap = 16;
    private const double Lane = 7;
    private const double Corner = 8;

    private readonly LayerSlots _slots;
    private readonly int[] _rowOf;
    private readonly List<Row> _rows = [];

    /// <summary>Moves columns and heights into rows, if there are to be several.</summary>
    /// <param name="slots">The slots of the layers.</param>
    /// <param name="columns">The column of each layer, all in one row.</param>
    /// <param name="y">The height of each slot.</param>
    /// <param name="half">How far each slot reaches above and below that.</param>
    /// <param name="starts">The first layer of each row.</param>
    public RowBreaks(LayerSlots slots, LayeredLayout.Column[] columns, double[] y, double[] half, IReadOnlyList<int> starts)
    {
        (_slots, _rowOf) = (slots, new int[columns.Length]);
        if (columns.Length == 0) return;
        var (left, top) = (columns[0].Left, Top(slots.Layers));
        var leaving = Leaving(slots, y);
        var indent = Indent(starts, leaving);
        for (var row = 0; row < starts.Count; row++)
        {
            var start = starts[row];
            var end = row + 1 < starts.Count ? starts[row + 1] : columns.Length;
            var layers = slots.Layers[start..end];
            var (right, down) = (row == 0 ? 0 : left + indent - columns[start].Left, top - Top(layers));
            foreach (var slot in layers.SelectMany(static layer => layer)) y[slot] += down;
            for (var layer = start; layer < end; layer++) (columns[layer], _rowOf[layer]) = (columns[layer].Moved(right), row);
            _rows.Add(new Row(columns[start].Left, columns[end - 1].Right, Math.Ceiling(Bottom(layers)), end < columns.Length ? leaving[end - 1] : []));
            top = _rows[^1].Below;
        }

        double Top(IEnumerable<List<int>> layers) => layers.SelectMany(static layer => layer).Min(slot => y[slot] - half[slot]);

        double Bottom(IEnumerable<List<int>> layers) => layers.SelectMany(static layer => layer).Max(slot => y[slot] + half[slot]);
    }

    /// <summary>How far the rows reach to the right, with the lines that leave them.</summary>
    public double Right => _rows.Select(static row => row.Around).DefaultIfEmpty(0).Max();

    /// <summary>Whether a line to the next layer goes on in another row.</summary>
    public bool IsBetween(int from, int to) => _rowOf[_slots.Layer(from)] != _rowOf[_slots.Layer(to)];

    /// <summary>The line of a value from the end of its row to the beginning of the next.</summary>
    public Point[] Turn(int from, int value, Point begin, Point end)
    {
        var row = _rows[_rowOf[_slots.Layer(from)]];
        var place = Array.IndexOf(row.Leaving, value);
        // The first is the outermost on the way out, and the innermost on the way in.
        var around = (row.Leaving.Length - 1 - place) * Lane;
        var (right, middle, left) = (row.Right + Gap + around, row.Bottom + Gap + around, _rows[_rowOf[_slots.Layer(from)] + 1].Left - Gap - (place * Lane));
        return Rounded(begin, new(right, begin.Y), new(right, middle), new(left, middle), new(left, end.Y), end);
    }

    /// <summary>The values that each layer gives to the next, from top to bottom.</summary>
    private static int[][] Leaving(LayerSlots slots, double[] y)
    {
        return [.. Enumerable.Range(0, slots.Layers.Length).Select(Of)];

        int[] Of(int layer) => layer + 1 == slots.Layers.Length
            ? []
            : [.. slots.Layers[layer + 1].SelectMany(slot => slots.Left(slot).Select((from, input) => (Value: slots.Value(slot, input), From: from)))
                .OrderBy(line => y[line.From] + slots.LeavesAt(line.From, line.Value)).Select(static line => line.Value).Distinct()];
    }

    /// <summary>The first layer of each row, where only what is far wider than tall is broken.</summary>
    public static List<int> Balanced(LayerSlots slots, LayeredLayout.Column[] columns, double[] y, double height)
    {
        if (columns.Length == 0) return [0];
        var leaving = Leaving(slots, y);
        var starts = new List<int> { 0 };
        var width = columns[^1].Right - columns[0].Left;
        if (width <= LeastRows * Widest || width <= MostTimesWider * height) return starts;
        // As wide as tall in all, or as wide as the screen, in rows of about one length; and nothing alone beside a wide module.
        var rows = Math.Ceiling(width / Math.Max(Widest, Math.Sqrt(width * height)));
        var most = Math.Max((1 + Late) * width / rows, 1.5 * columns.Max(static column => column.Right - column.Left));
        for (var layer = 1; layer < columns.Length; layer++)
        {
            var first = columns[starts[^1]].Left;
            if (columns[layer].Right - first <= most) continue;
            var start = layer;
            for (var other = layer - 1; other > starts[^1] && columns[other - 1].Right - first >= (1 - Early) * most; other--)
            {
                if (leaving[other - 1].Length < leaving[start - 1].Length) start = other;
            }

            starts.Add(start);
            layer = start;
        }

        return starts;
    }

    /// <summary>The first layer of each row, none of which is wider than it may be with the lines around it, unless a single layer is.</summary>
    public static List<int> Fitting(LayerSlots slots, LayeredLayout.Column[] columns, double[] y, double width)
    {
        var leaving = Leaving(slots, y);
        // The more lines go on, the more room they take at the left; more rows may have more of them.
        for (var indent = 0.0; ;)
        {
            var starts = Fitting(columns, leaving, width, indent);
            if (Indent(starts, leaving) is var needed && needed <= indent) return starts;
            indent = needed;
        }
    }

    private static List<int> Fitting(LayeredLayout.Column[] columns, int[][] leaving, double width, double indent)
    {
        var starts = new List<int> { 0 };
        for (var last = 0; !Fits(columns.Length - 1); last = starts[^1])
        {
            var end = last;
            while (Fits(end + 1)) end++;
            // A little shorter, where fewer lines go on.
            for (var other = end - 1; other > last && Length(other) >= (1 - Early) * width; other--)
            {
                if (leaving[other].Length < leaving[end].Length) end = other;
            }

            starts.Add(end + 1);
        }

        return starts;

        double Length(int end) => columns[end].Right - columns[starts[^1]].Left + (starts.Count > 1 ? indent : 0) + Around(leaving[end].Length);

        bool Fits(int end) => end < columns.Length && (end == starts[^1] || Length(end) <= width);
    }

    private static double Indent(IReadOnlyList<int> starts, int[][] leaving) => Gap + (starts.Max(start => start == 0 ? 0 : leaving[start - 1].Length) * Lane);

    private static double Around(int lines) => lines == 0 ? 0 : Gap + (lines * Lane);

    /// <summary>A line through points that are beside or below each other, around its corners in arcs.</summary>
    private static Point[] Rounded(params ReadOnlySpan<Point> points)
    {
        var line = new List<Point> { points[0] };
        for (var index = 1; index + 1 < points.Length; index++)
        {
            var (before, after) = (Towards(points[index], points[index - 1]), Towards(points[index], points[index + 1]));
            line.AddRange(Wiring.Line(line[^1], before)[1..]);
            line.AddRange(points[index], points[index], after);
        }

        line.AddRange(Wiring.Line(line[^1], points[^1])[1..]);
        return [.. line];

        static Point Towards(Point corner, Point other) =>
            new(corner.X + (Math.Sign(other.X - corner.X) * Corner), corner.Y + (Math.Sign(other.Y - corner.Y) * Corner));
    }

    /// <summary>A row: where its columns begin and end, how far down they reach, and the values that go on in the next, from top to bottom.</summary>
    private readonly record struct Row(double Left, double Right, double Bottom, int[] Leaving)
    {
        /// <summary>How far the lines around its end reach.</summary>
        public double Around => Right + RowBreaks.Around(Leaving.Length);

        /// <summary>Where the next row begins.</summary>
        public double Below => Bottom + (2 * Gap) + (Leaving.Length * Lane);
    }
}
