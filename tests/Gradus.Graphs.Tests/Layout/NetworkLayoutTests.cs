namespace Gradus.Graphs.Tests;

/// <summary>The picture of a recorded graph, with its modules open, in part open, or folded.</summary>
public class NetworkLayoutTests
{
    public static TheoryData<string, bool, GraphLayout> Names
    {
        get
        {
            var names = new TheoryData<string, bool, GraphLayout>();
            foreach (var (name, layout) in Geometry.InEachLayout(TensorSample.Names.Select(static row => row.Data)).Select(static row => row.Data))
            {
                names.Add(name, false, layout);
                names.Add(name, true, layout);
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_labels_strips_or_nodes_overlap_and_no_line_passes_through_one(string name, bool isFolded, GraphLayout layout)
    {
        // when
        var drawing = Geometry.Of(Graph(name, isFolded), layout);

        // then
        Geometry.AssertNothingOverlaps(drawing);
        Geometry.AssertNoLinePassesThrough(drawing);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_use_of_a_value_is_a_line_that_arrives(string name, bool isFolded, GraphLayout layout)
    {
        // given
        var graph = Graph(name, isFolded);

        // then
        Geometry.AssertEveryUseArrives(graph, Geometry.Of(graph, layout));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Frames_nest_as_the_modules_do_and_hold_their_own_nodes_and_no_others(string name, bool isFolded, GraphLayout layout)
    {
        // given
        var graph = Graph(name, isFolded);

        // when
        var drawing = Geometry.Of(graph, layout);

        // then
        foreach (var frame in drawing.Groups)
        {
            foreach (var shape in drawing.Nodes)
            {
                var belongs = graph.Around(shape.Node.Group).Contains(frame.Group.Id);
                Assert.True(
                    belongs ? Geometry.IsInside(shape.Head, frame.Box) : !shape.Head.Overlaps(frame.Box), $"{shape.Node} and the frame of {frame.Group}");
                Assert.All(shape.Labels, label => Assert.Equal(belongs, label.Box.Overlaps(frame.Box)));
            }

            foreach (var other in drawing.Groups.Where(other => other != frame))
            {
                var isNested = graph.Around(other.Group.Id).Contains(frame.Group.Id) || graph.Around(frame.Group.Id).Contains(other.Group.Id);
                Assert.Equal(isNested, frame.Box.Overlaps(other.Box));
            }

            // The title has a place of its own at the top.
            var width = TextWidth.Of(LayeredLayout.TitleOf(frame.Group), LayeredLayout.TitleSize);
            var title = new Box(frame.Box.Left + frame.TitleAt, frame.Box.Top + 4, width, 18);
            Assert.DoesNotContain(drawing.Wires, wire => Geometry.Points(wire).Any(title.Contains));
            Assert.True(title.Right <= frame.Box.Right);
            Assert.DoesNotContain(drawing.Nodes, shape => shape.Head.Overlaps(title) || shape.Labels.Any(label => label.Box.Overlaps(title)));
        }
    }

    [Fact]
    public void A_network_of_two_thousand_nodes_is_drawn_with_its_modules_open_and_folded()
    {
        // given: blocks of modules within modules
        var layers = new Nn.Sequential();
        for (var block = 0; block < 110; block++)
        {
            layers.Add(new Nn.Sequential(new Nn.Linear(4, 4), new Nn.LayerNorm(4), new Nn.Gelu(), new Nn.Linear(4, 4), new Nn.LayerNorm(4), new Nn.Tanh()));
        }

        var network = TensorSample.Network(layers);
        GraphModel graph;
        using (new GraphRecording()) graph = network.Forward(TensorSample.Leaf("x", 2, 4)).Square().Mean().Graph();
        Assert.InRange(graph.Nodes.Length, 1_500, 2_500);

        // when
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var open = SvgWriter.Write(graph);
        var opened = clock.ElapsedMilliseconds;
        var folded = graph.Fold();
        var closed = SvgWriter.Write(folded);

        // then
        TestContext.Current.SendDiagnosticMessage($"{graph.Nodes.Length} nodes drawn in {opened} ms, folded to {folded.Nodes.Length} in " +
            $"{clock.ElapsedMilliseconds - opened} ms; {open.Length / 1000} and {closed.Length / 1000} kB");
        Assert.Equal(113, folded.Nodes.Length);
        Assert.EndsWith("</svg>\n", open);
        Assert.EndsWith("</svg>\n", closed);
    }

    [Fact]
    public void A_page_of_two_hundred_nodes_of_a_network_is_below_a_megabyte()
    {
        // given
        var layers = new Nn.Sequential();
        for (var block = 0; block < 22; block++) layers.Add(new Nn.Sequential(new Nn.Linear(8, 8), new Nn.LayerNorm(8), new Nn.Tanh()));
        var network = TensorSample.Network(layers);
        GraphModel graph;
        using (new GraphRecording()) graph = network.Forward(TensorSample.Leaf("x", 4, 8)).Square().Mean().Graph();
        Assert.InRange(graph.Nodes.Length, 150, 260);

        // then
        Assert.InRange(HtmlWriter.Write(graph).Length, 1, 1_000_000);
    }

    private static GraphModel Graph(string name, bool isFolded) => isFolded ? TensorSample.Graph(name).Fold() : TensorSample.Graph(name);
}
