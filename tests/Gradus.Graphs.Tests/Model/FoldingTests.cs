using Gradus.Nn;

namespace Gradus.Graphs.Tests;

public class FoldingTests
{
    public static TheoryData<string> Names => TensorSample.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_folded_graph_keeps_the_values_and_gradients_of_what_it_shows(string name)
    {
        // given
        var graph = TensorSample.Graph(name);

        // when
        var folded = graph.Fold(static _ => true);

        // then
        Assert.Same(graph, folded.Unfolded);
        Assert.Equal(graph["loss"].Value!.Item(), folded["loss"].Value!.Item());
        foreach (var node in folded.Nodes)
        {
            Assert.Equal(node.Id, folded.Nodes.IndexOf(node));
            Assert.All(node.Inputs, input => Assert.True(input < node.Id));
            Assert.True(node.Folded is not null || node.Group is null);
            if (node.Kind != GraphNodeKind.Operation) continue;
            // A folded module computes again what it stands for, and back-propagates through it.
            var inputs = node.Inputs.Select(input => folded.Nodes[input].Value!).ToArray();
            Assert.True(node.Definition!.Apply(inputs, node.Axis).AllClose(node.Value!, 1e-12, 1e-14), node.ToString());
        }
    }

    [Fact]
    public void Parameters_and_what_is_computed_inside_belong_to_the_module_but_its_input_does_not()
    {
        // when
        var graph = TensorSample.Graph("modules within modules");

        // then
        Assert.Equal(
            ["Sequential", "0", "0.0", "0.1", "1", "1.inner", "1.inner.0", "1.inner.1", "2", "2.0", "2.1"], graph.Groups.Select(static group => group.Name));
        Assert.Equal("Linear(3 → 4)", graph.Groups.Single(static group => group.Name == "0.0").Title);
        Assert.Equal("0.0", GroupOf(graph["0.0.weight"]));
        Assert.Equal("1.inner.0", GroupOf(graph["1.inner.0.bias"]));
        Assert.Null(graph["x"].Group);
        Assert.Null(graph["loss"].Group);
        Assert.Equal("1", GroupOf(graph.Nodes.Single(static node => node.Operation == "add")));

        string? GroupOf(GraphNode node) => node.Group is { } group ? graph.Groups[group].Name : null;
    }

    [Fact]
    public void By_default_the_outermost_module_stays_open_and_its_parts_are_one_node_each()
    {
        // when
        var folded = TensorSample.Graph("modules within modules").Fold();

        // then
        Assert.Equal(["x", "0", "1", "2", "t8", "c1", "loss"], Shown(folded), StringComparer.Ordinal);
        Assert.Equal(["Sequential", "Residual", "Sequential"], folded.Nodes.Where(static node => node.Folded is not null).Select(static node => node.Symbol));
        Assert.Equal("1 = 1(0)", folded["1"].ToString());

        static IEnumerable<string> Shown(GraphModel graph) =>
            graph.Nodes.Where(static node => node.Name != "c1").Select(static node => node.Name).SkipLast(1).Append("c1").Append("loss");
    }

    [Fact]
    public void A_module_is_opened_by_its_name_with_those_around_it()
    {
        // when
        var graph = TensorSample.Graph("modules within modules").FoldExcept("1.inner");

        // then
        Assert.Equal(
            ["0", "1.inner.0", "1.inner.1", "2"],
            graph.Nodes.Where(static node => node.Folded is not null).Select(static node => node.Folded!.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_call_of_a_shared_module_is_a_group_and_its_parameters_lie_outside()
    {
        // when
        var graph = TensorSample.Graph("shared layer");
        var folded = graph.Fold(static _ => true);

        // then
        Assert.Equal(["Linear", "Linear (2)"], graph.Groups.Select(static group => group.Name));
        Assert.Equal(2, folded.Nodes.Count(static node => node.Folded is not null));
        Assert.Contains(folded.Nodes, static node => node.Name == "weight");
    }

    [Fact]
    public void Without_a_recording_there_are_no_groups_and_training_keeps_nothing()
    {
        // given
        var network = TensorSample.Network(new Sequential(new Linear(3, 2), new Tanh()));

        // when
        var graph = network.Forward(TensorSample.Leaf("x", 1, 3)).Sum().Graph();

        // then
        Assert.Empty(graph.Groups);
        Assert.Same(graph, graph.Fold());
        Assert.True(graph.IsEvaluated);
    }
}
