using Gradus.Nn;

namespace Gradus.Graphs.Tests;

public class GraphRecordingTests
{
    [Fact]
    public void Everything_is_known_in_a_recorded_graph_even_when_a_backward_pass_has_freed_what_it_needs()
    {
        // given
        var w = Tensor.Of(1.0, 2.0).Named("w").RequireGrad();
        Tensor loss;
        using (new GraphRecording()) loss = ((w - Tensor.Of(3.0, 5.0)).Square() + 1).Sum();

        // when
        loss.Backward();
        var graph = loss.Graph();

        // then: the values are, the gradients are those that were left on leaves
        Assert.All(graph.Nodes, static node => Assert.NotNull(node.Value));
        Assert.Equal([3, 5], graph["c1"].Value!.ToArray<double>());
        Assert.Equal([-4, -6], graph["w"].Gradient!.ToArray<double>());
        Assert.Null(graph["loss"].Gradient);
    }

    [Fact]
    public void Without_a_recording_what_the_graph_keeps_is_shown_and_what_follows_from_it()
    {
        // given: an addition keeps nothing, but its inputs are known
        var w = Tensor.Of(1.0, 2.0).Named("w").RequireGrad();
        var b = Tensor.Of(0.5, 0.5).Named("b").RequireGrad();
        var loss = ((w + b) * 3).Exp().Sum();

        // when
        var graph = loss.Graph();

        // then
        Assert.Equal(["w", "b", "t1", "3", "t2", "t3", "loss"], graph.Nodes.Select(static node => node.Name));
        Assert.Equal([1.5, 2.5], graph["t1"].Value!.ToArray<double>());
        Assert.All(graph.Nodes, static node => Assert.NotNull(node.Value));
        Assert.Equal(Autograd.Grad(loss, w, retainGraph: true).ToArray<double>(), graph["w"].Gradient!.ToArray<double>());
        Assert.Null(w.Grad);
    }

    [Fact]
    public void A_saved_value_that_was_changed_in_place_is_not_shown()
    {
        // given
        var w = Tensor.Of(1.0, 2.0).Named("w").RequireGrad();
        var scale = Tensor.Of(2.0, 3.0);
        var loss = (w * scale).Sum();

        // when
        scale.Fill(7);
        var graph = loss.Graph();

        // then
        Assert.Null(graph.Nodes.Single(static node => node.Kind == GraphNodeKind.Constant).Value);
    }

    [Fact]
    public void Of_a_leaf_that_was_dropped_nothing_is_shown()
    {
        // given
        var loss = Dropped();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // then
        Assert.Null(loss.Graph()["big"].Value);

        static Tensor Dropped() => (Tensor.Ones([400], DType.Float64).Named("big").RequireGrad() + 1).Sum();
    }

    [Fact]
    public void Parameters_have_their_paths_as_names_and_calls_their_modules()
    {
        // given: parameters that are drawn, and a layer that learns its size, during the call
        var network = new Sequential(new Linear(4), new Sequential(new Relu(), new Linear(2)));

        // when
        GraphModel graph;
        using (new GraphRecording()) graph = network.Forward(Tensor.Ones([1, 3])).Sum().Graph();

        // then
        Assert.Equal(
            ["0.bias", "0.weight", "1.1.bias", "1.1.weight"],
            graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Variable).Select(static node => node.Name).Order());
        Assert.Equal(["Sequential", "Linear(3 → 4)", "Sequential", "Relu", "Linear(4 → 2)"], graph.Groups.Select(static group => group.Title));
        Assert.Null(graph.Nodes.Single(static node => node.Kind == GraphNodeKind.Constant).Group);
    }

    [Fact]
    public void Recordings_nest_and_end_with_their_stretch()
    {
        // given
        var layer = TensorSample.Network(new Linear(2, 2));
        var x = TensorSample.Leaf("x", 1, 2);

        // when
        Tensor inner;
        Tensor outer;
        using (new GraphRecording())
        {
            using (new GraphRecording()) inner = layer.Forward(x);
            outer = layer.Forward(x);
        }

        var after = layer.Forward(x);

        // then
        Assert.Single(inner.Sum().Graph().Groups);
        Assert.Single(outer.Sum().Graph().Groups);
        Assert.Empty(after.Sum().Graph().Groups);
    }

    [Fact]
    public void A_call_that_fails_leaves_the_recording_as_it_was()
    {
        // given
        var network = TensorSample.Network(new Sequential(new Linear(2, 2)));
        using var recording = new GraphRecording();

        // when
        Assert.Throws<GradusException>(() => network.Forward(Tensor.Ones([1, 5], DType.Float64)));
        var graph = (network.Forward(TensorSample.Leaf("x", 1, 2)) * 2).Graph();

        // then
        Assert.Equal(["Sequential", "0"], graph.Groups.Select(static group => group.Name));
        Assert.Null(graph.Nodes[graph.Outputs[0]].Group);
    }
}
