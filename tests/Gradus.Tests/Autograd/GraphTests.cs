namespace Gradus.Tests;

public class GraphTests
{
    [Fact]
    public void Nodes_and_edges_are_walked_as_data()
    {
        // given
        Tensor x = Tensor.Ones([2, 3]).Named("x").RequireGrad(), w = Tensor.Ones([4, 3]).Named("w").RequireGrad();
        var hidden = x.Linear(w).Named("hidden");
        var loss = (hidden * hidden).Sum(1, keepDim: true).Clamp(0, 10).Sum();

        // when
        var graph = Graph.Of(loss);

        // then: each after its inputs
        Assert.Equal(["leaf", "leaf", "linear", "mul", "sum", "clamp", "sum"], graph.Nodes.Select(static node => node.OpName));
        var node = graph.Find("hidden")!;
        Assert.Equal(["x", "w"], graph.ParentsOf(node).Select(static parent => parent.Name!));
        Assert.Equal(["mul", "mul"], graph.ChildrenOf(node).Select(static child => child.OpName));
        Assert.Equal(7, graph.Edges.Count());
        Assert.Equal(["x", "w"], graph.Leaves.Select(static leaf => leaf.Name!));
        Assert.Equal(graph.Nodes.Sum(static each => each.SavedBytes), graph.SavedBytes);
        GC.KeepAlive(loss); // what the nodes keep is freed with the last result
        Assert.Null(graph.Find("nobody"));
    }

    [Fact]
    public void Arguments_have_names()
    {
        // given
        var x = Tensor.Ones([2, 3]).RequireGrad();

        // when
        var sum = x.Sum(1, keepDim: true).Node!.NamedArguments;
        var clamp = x.Clamp(0, 10).Node!.NamedArguments;
        var slice = x.Slice(1, 0, 2).Node!.NamedArguments;

        // then
        Assert.Equal(["axes", "keepDim"], sum.Select(static pair => pair.Name));
        Assert.Equal([1], (int[])sum[0].Value);
        Assert.Equal([("min", 0.0), ("max", 10.0)], clamp.Select(static pair => (pair.Name, (double)pair.Value)));
        Assert.Equal([("axis", 1), ("start", 0), ("length", 2), ("step", 1)], slice.Select(static pair => (pair.Name, (int)pair.Value)));
        Assert.Empty((x * x).Node!.NamedArguments);
    }

    [Fact]
    public void A_node_remembers_its_line_inside_an_anomaly_stretch()
    {
        // given
        var x = Tensor.Ones([2]).RequireGrad();

        // when
        Tensor inside;
        using (new Anomaly()) inside = x * 2;

        // then
        Assert.StartsWith("GraphTests.cs:", inside.Node!.Location);
        Assert.Null((x * 2).Node!.Location);
    }

    [Fact]
    public void A_long_chain_is_walked_without_a_deep_stack()
    {
        // given
        var y = Tensor.Ones([1]).RequireGrad();
        for (var link = 0; link < 100_000; link++) y += 1;

        // when
        var graph = Graph.Of(y);

        // then
        Assert.Equal(100_001, graph.Nodes.Count);
    }
}
