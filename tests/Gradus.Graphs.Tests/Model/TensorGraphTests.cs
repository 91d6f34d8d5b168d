namespace Gradus.Graphs.Tests;

public class TensorGraphTests
{
    [Fact]
    public void The_graph_of_a_tensor_has_the_names_values_and_gradients_that_are_known()
    {
        // given
        var x = Tensor.Of([[1.0, 2.0]]);
        var w = Tensor.Of([[1.0], [3.0]]).Named("w").RequireGrad();
        var loss = (x.MatMul(w) * 2).Square().Sum().Named("loss");
        loss.Backward(retainGraph: true);

        // when
        var graph = loss.Graph(w);

        // then
        Assert.Equal("loss", graph.Nodes[Assert.Single(graph.Outputs)].Name);
        Assert.Equal(loss.Item(), graph["loss"].Value!.Item());
        Assert.Equal(w.Grad!.ToArray<double>(), graph["w"].Gradient!.ToArray<double>());
        Assert.Equal(["variable", "constant", "matmul", "constant", "mul", "square", "sum"], graph.Nodes.Select(static node => node.Operation));
        Assert.Equal("transpose(c1) @ g", graph["t1"].Local[1].Rule);
        Assert.Contains("</svg>", SvgWriter.Write(graph));
    }

    [Fact]
    public void A_value_that_is_used_twice_is_one_node()
    {
        // given
        var x = Tensor.Scalar(3.0).Named("x").RequireGrad();
        var square = x * x;

        // when
        var graph = (square + square).Graph();

        // then
        Assert.Equal(3, graph.Nodes.Length);
        Assert.Equal([new GraphEdge(0, 1, 0), new GraphEdge(0, 1, 1), new GraphEdge(1, 2, 0), new GraphEdge(1, 2, 1)], graph.Edges);
    }

    [Fact]
    public void A_long_chain_takes_no_stack_and_what_is_no_graph_is_told()
    {
        // given
        var x = Tensor.Scalar(1.0).RequireGrad();
        var y = x;
        for (var step = 0; step < 20_000; step++) y = -y;

        // then
        Assert.Equal(20_001, y.Graph().Nodes.Length);
        Assert.Throws<GradusException>(static () => Tensor.Scalar(1.0).Graph());
    }
}
