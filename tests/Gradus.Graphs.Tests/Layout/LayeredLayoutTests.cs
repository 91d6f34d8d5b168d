namespace Gradus.Graphs.Tests;

public class LayeredLayoutTests
{
    public static TheoryData<string> Names => Sample.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_labels_or_nodes_overlap(string name)
    {
        // when
        var drawing = LayeredLayout.Of(Sample.Graph(name));

        // then
        var boxes = drawing.Nodes.SelectMany(static node => node.Labels.Select(label => (node.Node.Name, label.Box)).Prepend((node.Node.Name, node.Head))).ToArray();
        for (var one = 0; one < boxes.Length; one++)
        {
            Assert.True(boxes[one].Item2 is { Left: >= 0, Top: >= 0 } box && box.Right <= drawing.Width && box.Bottom <= drawing.Height, $"{boxes[one].Name} is outside");
            for (var other = one + 1; other < boxes.Length; other++) Assert.False(boxes[one].Item2.Overlaps(boxes[other].Item2), $"{boxes[one]} overlaps {boxes[other]}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_edge_passes_through_a_node_or_a_label(string name)
    {
        // when
        var drawing = LayeredLayout.Of(Sample.Graph(name));

        // then: the ends of a line touch its own nodes, but do not enter them
        var boxes = drawing.Nodes.SelectMany(static node => node.Labels.Select(label => (node.Node.Name, label.Box)).Prepend((node.Node.Name, Smaller(node.Head)))).ToArray();
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

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_use_of_a_value_is_a_line_that_arrives(string name)
    {
        // given
        var graph = Sample.Graph(name);

        // when
        var drawing = LayeredLayout.Of(graph);

        // then: a line of each edge ends beside the node that reads, and begins where another of the same value ends
        foreach (var edge in graph.Edges)
        {
            var last = Assert.Single(drawing.Wires, wire => wire.To == edge.To && wire.Input == edge.Input);
            Assert.Equal(edge.From, last.From);
            var (tip, head) = (last.Points[^1], drawing.Nodes[edge.To].Head);
            Assert.InRange(tip.X, head.Left - 7, head.Left + head.Width / 2);
            Assert.InRange(tip.Y, head.Top, head.Bottom);
        }

        foreach (var wire in drawing.Wires)
        {
            var begin = wire.Points[0];
            var source = drawing.Nodes[wire.From].Head;
            var isAtSource = Math.Abs(begin.X - source.Right) < 0.01 && Math.Abs(begin.Y - source.CenterY) < 0.01;
            Assert.True(isAtSource || drawing.Wires.Any(other => other != wire && other.From == wire.From && other.Points[^1] == begin), $"a line of {wire.From} begins nowhere");
        }
    }

    [Theory]
    [InlineData("apples", 0)]
    [InlineData("square of a sum", 0)]
    [InlineData("polynomial", 6)]
    [InlineData("LSTM cell", 18)]
    public void Few_edges_cross(string name, long most)
    {
        // given
        var slots = new LayerSlots(LayoutLevel.Of(Sample.Graph(name))!);

        // when
        CrossingReduction.Run(slots);

        // then
        Assert.InRange(CrossingReduction.Count(slots), 0, most);
    }

    [Fact]
    public void The_picture_does_not_depend_on_the_run()
    {
        Assert.Equal(SvgWriter.Write(Sample.Graph("LSTM cell")), SvgWriter.Write(Sample.Graph("LSTM cell")));
    }

    [Fact]
    public void A_graph_of_two_thousand_nodes_is_drawn()
    {
        // given: a recurrent network over 145 steps, its weights shared
        var steps = Enumerable.Range(1, 145).Select(static t => $"a{t} = tanh(w*x{t} + u*h{t - 1}); g{t} = sigmoid(v*x{t} + r*h{t - 1}); h{t} = g{t}*a{t} + (1 - g{t})*h{t - 1}");
        var text = string.Join("; ", steps) + "; loss = h145**2";
        var at = "w=.5,u=.4,v=.3,r=.2,h0=0," + string.Join(",", Enumerable.Range(1, 145).Select(static t => $"x{t}={t % 7}"));
        var graph = Sample.Evaluate(text, at);
        Assert.InRange(graph.Nodes.Length, 1_800, 2_500);

        // when
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var svg = SvgWriter.Write(graph);

        // then
        TestContext.Current.SendDiagnosticMessage($"{graph.Nodes.Length} nodes drawn in {clock.ElapsedMilliseconds} ms, {svg.Length / 1000} kB");
        Assert.EndsWith("</svg>\n", svg);
    }

    private static Box Smaller(Box box) => new(box.Left + 1, box.Top + 1, box.Width - 2, box.Height - 2);

    private static IEnumerable<Point> Points(Wire wire)
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
