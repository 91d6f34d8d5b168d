namespace Gradus.Graphs.Tests;

public class LayeredLayoutTests
{
    public static TheoryData<string> Names => Sample.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_labels_or_nodes_overlap(string name)
    {
        Geometry.AssertNothingOverlaps(LayeredLayout.Of(Sample.Graph(name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_edge_passes_through_a_node_or_a_label(string name)
    {
        Geometry.AssertNoLinePassesThrough(LayeredLayout.Of(Sample.Graph(name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_use_of_a_value_is_a_line_that_arrives(string name)
    {
        // given
        var graph = Sample.Graph(name);

        // then
        Geometry.AssertEveryUseArrives(graph, LayeredLayout.Of(graph));
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
}
