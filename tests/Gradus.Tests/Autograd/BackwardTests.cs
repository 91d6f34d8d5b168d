namespace Gradus.Tests;

public class BackwardTests
{
    [Fact]
    public void A_leaf_used_in_several_places_gathers_all_paths()
    {
        // given
        var x = Tensor.Of(2.0, 3.0).RequireGrad();

        // when: x², x and x again through a view
        (x.Square() + x + x.Reshape(2)).Sum().Backward();

        // then
        Assert.Equal([6.0, 8.0], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Gradients_accumulate_until_they_are_cleared()
    {
        // given
        var x = Tensor.Ones([100], DType.Float64).RequireGrad();

        // when
        (x * 2).Sum().Backward();
        var first = x.Grad!;
        (x * 3).Sum().Backward();

        // then: what the user looked at does not change under him
        Assert.Equal(200, first.Sum().Item());
        Assert.Equal(500, x.Grad!.Sum().Item());
        x.Grad = null;
        Assert.Null(x.Grad);
    }

    [Fact]
    public void A_gradient_that_is_part_of_a_larger_tensor_is_added_to_within_its_own_memory()
    {
        // given: the gradient of padding is cut out of that of the padded tensor, and begins within it
        var x = Tensor.Ones([100], DType.Float64).RequireGrad();
        x.Pad([(1000, 1000)]).Sum().Backward();
        var first = x.Grad!;

        // when
        x.Pad([(1000, 1000)]).Sum().Backward();

        // then
        Assert.Equal(100, first.Sum().Item());
        Assert.Equal(0, x.Grad!.Layout.Offset);
        Assert.Equal(200, x.Grad.Sum().Item());
    }

    [Theory, InlineData(3, false), InlineData(3, true), InlineData(1000, false), InlineData(1000, true)]
    public void Gradients_of_a_sum_never_share_storage(int size, bool createGraph)
    {
        // given
        Tensor x = Tensor.Ones([size]).RequireGrad(), y = Tensor.Ones([size]).RequireGrad(), seed = Tensor.Ones([size]);

        // when
        (x + y).Backward(seed, createGraph);

        // then
        Assert.NotSame(x.Grad!.Storage, y.Grad!.Storage);
        Assert.NotSame(seed.Storage, x.Grad.Storage);
        Assert.NotSame(seed.Storage, y.Grad.Storage);
    }

    [Fact]
    public void Several_heads_add_up_and_may_have_gradients_of_their_own()
    {
        // given
        var x = Tensor.Of(1.0, 2.0).RequireGrad();
        Tensor y = x * 2, z = x.Square().Sum();

        // when
        Autograd.Backward([y, z], [Tensor.Of(1.0, 10.0), null]);

        // then
        Assert.Equal([4.0, 24.0], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void The_gradient_of_a_part_of_the_graph_can_be_asked_for()
    {
        // given
        var x = Tensor.Of(3.0).RequireGrad();
        var middle = x.Square();
        var other = Tensor.Of(1.0).RequireGrad();

        // when
        var gradients = Autograd.Grad([(middle * 2).Exp().Sum()], [middle, other, middle]);

        // then
        Assert.Equal(2 * Math.Exp(18), gradients[0]!.Item(), 1e-6);
        Assert.Null(gradients[1]);
        Assert.Equal(gradients[0]!.Item(), gradients[2]!.Item());
        Assert.Null(x.Grad);
    }

    [Fact]
    public void Recorded_gradients_differentiate_to_the_third_order()
    {
        // given
        var x = Tensor.Scalar(1.5).RequireGrad();
        var y = x.Pow(5);

        // when
        var first = Autograd.Grad(y, x, createGraph: true);
        var second = Autograd.Grad(first, x, createGraph: true);
        var third = Autograd.Grad(second, x);

        // then
        Assert.Equal(5 * Math.Pow(1.5, 4), first.Item(), 1e-10);
        Assert.Equal(20 * Math.Pow(1.5, 3), second.Item(), 1e-10);
        Assert.Equal(60 * Math.Pow(1.5, 2), third.Item(), 1e-10);
    }

    [Fact]
    public void A_graph_is_walked_once_unless_it_is_retained()
    {
        // given
        var x = Tensor.Of(2.0).RequireGrad();
        var y = x.Square().Sum();

        // when
        y.Backward(retainGraph: true);
        y.Backward();
        var error = Assert.Throws<GradusException>(() => y.Backward());

        // then
        Assert.Equal(8, x.Grad!.Item());
        Assert.Equal(
            "backward: the graph through square was walked before and the values it needs were freed. " +
            "Pass retainGraph: true to the first Backward, or compute the loss again.", error.Message);
    }

    [Fact]
    public void Heads_that_cannot_be_differentiated_say_why()
    {
        // given
        var x = Tensor.Of(1f, 2f).RequireGrad();
        Action[] acts =
        [
            () => (x * 2).Backward(),
            () => Tensor.Ones([]).Backward(),
            () => Tensor.Of(1).Backward(),
            () => (x * 2).Backward(Tensor.Ones([3])),
            () => Autograd.Grad((x * 2).Sum(), Tensor.Ones([1])),
            () => Autograd.Grad((x * 2).Sum(), Tensor.Ones([1]).RequireGrad()),
            () => Tensor.Of(1).RequireGrad(),
            () => x.Grad = Tensor.Ones([3]),
            () => Tensor.Ones([1]).Grad = Tensor.Ones([1]),
            () => Tensor.Ones([1]).RetainGrad(),
        ];
        string[] expected =
        [
            "backward: f32[2] is not a single number. Give a gradient of its shape, or reduce it with Sum() or Mean().",
            "backward: f32[] is not part of a graph: nothing it was computed from requires a gradient.",
            "backward: i32[1] has no gradient; only floating-point tensors do.",
            "backward: the head is f32[2], its gradient f32[3]. They must have the same shape.",
            "grad: f32[1] is not part of a graph. Call RequireGrad() on it before computing the outputs.",
            "grad: the output does not depend on f32[1].",
            "requireGrad: i32[1] has no gradient; only floating-point tensors do. Convert it with To(DType.Float32).",
            "grad: expected f32[2], got f32[3].",
            "grad: f32[1] does not require a gradient. Call RequireGrad() first.",
            "retainGrad: f32[1] is not part of a graph.",
        ];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        Assert.All(messages.Zip(expected), static pair => Assert.StartsWith(pair.Second, pair.First));
    }

    [Fact]
    public void A_detached_tensor_stops_the_gradient_and_a_retained_one_keeps_it()
    {
        // given
        var x = Tensor.Of(3.0).RequireGrad();
        var square = x.Square().RetainGrad();

        // when
        (square * square.Detach()).Sum().Backward();

        // then
        Assert.Equal(9, square.Grad!.Item());
        Assert.Equal(54, x.Grad!.Item());
        Assert.Null(square.Detach().Node);
    }

    [Fact]
    public void A_leaf_may_itself_be_the_head_and_a_head_may_come_twice()
    {
        // given
        var x = Tensor.Scalar(3.0).RequireGrad();

        // when
        x.Backward();
        var y = x * 2;
        Autograd.Backward([y, y]);

        // then
        Assert.Equal(5, x.Grad!.Item());
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_nodes_is_differentiated_and_dropped()
    {
        // given
        var x = Tensor.Ones([100], DType.Float64).RequireGrad();
        var y = x;
        for (var link = 0; link < 100_000; link++) y += 1e-5;

        // when
        y.Sum().Backward();

        // then
        Assert.Equal(100, x.Grad!.Sum().Item());
    }

    [Fact]
    public void A_long_chain_that_nobody_walks_is_dropped_without_a_deep_stack()
    {
        // given: values that have to be released, one node after the other
        var x = Tensor.Ones([100], DType.Float64).RequireGrad();
        using var scope = new TensorScope();
        var y = x;
        for (var link = 0; link < 20_000; link++) y = y.Square();

        // when
        scope.Dispose();

        // then
        Assert.Throws<GradusException>(() => y.Sum());
    }

    [Fact]
    public void Concurrent_passes_over_shared_leaves_give_the_sum()
    {
        // given
        const int Threads = 8, Rounds = 50;
        Tensor w = Tensor.Ones([300], DType.Float64).RequireGrad(), b = Tensor.Zeros([300], DType.Float64).RequireGrad();

        // when
        var threads = Enumerable.Range(1, Threads).Select(factor => new Thread(() =>
        {
            for (var round = 0; round < Rounds; round++) ((w * factor) + b).Sum().Backward();
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        // then
        Assert.All(w.Grad!.ToArray<double>(), static value => Assert.Equal(36 * Rounds, value));
        Assert.All(b.Grad!.ToArray<double>(), static value => Assert.Equal(Threads * Rounds, value));
    }

    [Theory, InlineData(1), InlineData(300)]
    public void A_pass_inside_another_adds_to_the_same_leaf(int size)
    {
        // given: a function whose backward walks another graph, over the leaf that the outer pass is at
        var x = Tensor.Full([size], 2, DType.Float64).RequireGrad();
        var other = (x * x * x).Sum();
        var nested = new Scaled(5, () => other.Backward());

        // when
        (x + nested.Apply(x) + x).Sum().Backward();

        // then: 1 + 5 + 1 from outside, 3x² from within
        Assert.All(x.Grad!.ToArray<double>(), static value => Assert.Equal(19, value));
    }

    [Theory, InlineData(1), InlineData(8), InlineData(300)]
    public void A_gradient_that_several_values_share_is_added_to_none_of_the_others(int size)
    {
        // given
        Tensor x = Tensor.Ones([size]).RequireGrad(), y = Tensor.Ones([size]).RequireGrad();

        // when: one gradient reaches x and y, and x four times more
        (x + y + x + x + x + (x + y)).Sum().Backward();

        // then
        Assert.All(x.Grad!.ToArray<float>(), static value => Assert.Equal(5, value));
        Assert.All(y.Grad!.ToArray<float>(), static value => Assert.Equal(2, value));
    }

    [Fact]
    public void A_node_can_be_read_as_data()
    {
        // given
        Tensor x = Tensor.Ones([2, 3]).Named("x").RequireGrad(), w = Tensor.Ones([3, 4]).RequireGrad();

        // when
        var product = x.MatMul(w).Named("product");
        var node = product.Node!;

        // then
        Assert.Equal("matmul", node.Op!.Name);
        Assert.Equal("product: f32[2,4]", node.ToString());
        Assert.Same(x.Node, node.Inputs[0].Source);
        Assert.Equal("x", node.Inputs[0].Source!.Name);
        Assert.True(x.Node!.IsLeaf);
        Assert.Null(node.Arguments);
        Assert.Equal(72, node.SavedBytes);
        GC.KeepAlive(product); // what a node keeps is freed with the last result
    }

    private sealed class Scaled(double factor, Action beforeBackward) : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs) => inputs[0] * factor;

        protected override Tensor?[] Backward(Context context, Tensor gradient)
        {
            beforeBackward();
            return [gradient * factor];
        }
    }
}
