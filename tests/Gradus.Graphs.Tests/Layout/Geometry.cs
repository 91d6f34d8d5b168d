namespace Gradus.Graphs.Tests;

/// <summary>What must hold of every picture.</summary>
internal static class Geometry
{
    public static Drawing Of(GraphModel graph, GraphLayout layout) => LayeredLayout.Of(graph, LayoutStyle.Of(layout, 1200));

    public static TheoryData<string, GraphLayout> InEachLayout(IEnumerable<string> names)
    {
        var all = new TheoryData<string, GraphLayout>();
        foreach (var name in names)
        {
            foreach (var layout in Enum.GetValues<GraphLayout>()) all.Add(name, layout);
        }

        return all;
    }

    public static void AssertNothingOverlaps(Drawing drawing)
    {
        var boxes = drawing.Nodes.SelectMany(static node => Texts(node).Prepend((node.Node.Name, node.Head))).ToArray();
        for (var one = 0; one < boxes.Length; one++)
        {
            Assert.True(
                boxes[one].Item2 is { Left: >= 0, Top: >= 0 } box && box.Right <= drawing.Width && box.Bottom <= drawing.Height,
                $"{boxes[one].Item1} is outside");
            for (var other = one + 1; other < boxes.Length; other++)
            {
                Assert.False(boxes[one].Item2.Overlaps(boxes[other].Item2), $"{boxes[one]} overlaps {boxes[other]}");
            }
        }
    }

    /// <summary>The ends of a line touch its own nodes, but do not enter them.</summary>
    public static void AssertNoLinePassesThrough(Drawing drawing)
    {
        var boxes = drawing.Nodes.SelectMany(static node => Texts(node).Prepend((node.Node.Name, Smaller(node.Head)))).ToArray();
        foreach (var wire in drawing.Wires)
        {
            foreach (var point in Points(wire))
            {
                var (hit, _) = boxes.FirstOrDefault(box => box.Item2.Contains(point));
                Assert.True(hit is null || IsOwnCorner(wire, point), $"the line from {wire.From} to {wire.To} passes {hit} at {point}");
            }
        }

        // A circle does not fill its box: where a line ends at its rim, it is inside the box's corner.
        bool IsOwnCorner(Wire wire, Point point)
        {
            if (wire.To is not { } to || !drawing.Nodes[to].IsCircle) return false;
            var head = drawing.Nodes[to].Head;
            return Math.Sqrt(Math.Pow(point.X - head.CenterX, 2) + Math.Pow(point.Y - head.CenterY, 2)) >= head.Width / 2;
        }
    }

    /// <summary>A line of each edge ends beside the node that reads, and begins where another of the same value ends.</summary>
    public static void AssertEveryUseArrives(GraphModel graph, Drawing drawing)
    {
        if (drawing.IsTopDown) drawing = drawing.Turned();
        foreach (var edge in graph.Edges)
        {
            var last = Assert.Single(drawing.Wires, wire => wire.To == edge.To && wire.Input == edge.Input);
            Assert.Equal(edge.From, last.From);
            var (tip, head) = (last.Points[^1], drawing.Nodes[edge.To].Head);
            Assert.InRange(tip.X, head.Left - 7, head.Left + (head.Width / 2));
            Assert.InRange(tip.Y, head.Top, head.Bottom);
        }

        foreach (var wire in drawing.Wires)
        {
            var begin = wire.Points[0];
            var source = drawing.Nodes[wire.From].Head;
            var isAtSource = Math.Abs(begin.X - source.Right) < 0.01 && Math.Abs(begin.Y - source.CenterY) < 0.01;
            Assert.True(
                isAtSource || drawing.Wires.Any(other => other != wire && other.From == wire.From && IsNear(other.Points[^1], begin)),
                $"a line of {wire.From} begins nowhere");
        }
    }

    public static bool IsInside(Box inner, Box outer) =>
        inner.Left >= outer.Left && inner.Right <= outer.Right && inner.Top >= outer.Top && inner.Bottom <= outer.Bottom;

    private static bool IsNear(Point one, Point other) => Math.Abs(one.X - other.X) < 0.01 && Math.Abs(one.Y - other.Y) < 0.01;

    private static IEnumerable<(string, Box)> Texts(NodeShape node) =>
        node.Labels.Select(label => (node.Node.Name, label.Box)).Concat(node.Strips.Select(strip => (node.Node.Name, strip.Box)));

    private static Box Smaller(Box box) => new(box.Left + 1, box.Top + 1, box.Width - 2, box.Height - 2);

    public static IEnumerable<Point> Points(Wire wire)
    {
        const int count = 32;
        for (var index = 1; index < wire.Points.Length; index += 3)
        {
            var (a, b, c, d) = (wire.Points[index - 1], wire.Points[index], wire.Points[index + 1], wire.Points[index + 2]);
            for (var step = 0; step <= count; step++)
            {
                var t = (double)step / count;
                var s = 1 - t;
                yield return new Point(
                    (s * s * s * a.X) + (3 * s * s * t * b.X) + (3 * s * t * t * c.X) + (t * t * t * d.X),
                    (s * s * s * a.Y) + (3 * s * s * t * b.Y) + (3 * s * t * t * c.Y) + (t * t * t * d.Y));
            }
        }
    }
}
