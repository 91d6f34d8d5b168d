namespace Gradus.Tests;

public class CheckpointTests
{
    [Theory, InlineData(3), InlineData(300)]
    public void A_checkpoint_gives_the_same_gradients_to_inputs_and_to_what_it_closes_over(int size)
    {
        // given
        Tensor x = Tensor.Full([size], 0.5, DType.Float64).RequireGrad(), w = Tensor.Full([size], 2, DType.Float64).RequireGrad();
        var scaled = w * 3;
        Tensor Part(Tensor input) => (input * w).Tanh() * input * scaled;

        // when
        var plain = Autograd.Grad([(Part(x * 1) * x).Sum()], [x, w], retainGraph: true);
        (Autograd.Checkpoint(Part, x * 1) * x).Sum().Backward();
        var graph = Graph.Of(Autograd.Checkpoint(Part, x));

        // then
        Assert.Equal(plain[0]!.ToArray<double>(), x.Grad!.ToArray<double>());
        Assert.Equal(plain[1]!.ToArray<double>(), w.Grad!.ToArray<double>());
        Assert.Equal(["leaf", "leaf", "mul", "checkpoint"], graph.Nodes.Select(static node => node.OpName));
    }

    [Fact]
    public void A_checkpoint_is_differentiated_twice()
    {
        // given
        Tensor x = Tensor.Of(0.5, 0.7).RequireGrad(), w = Tensor.Of(2.0, -1.0).RequireGrad();
        static Tensor Second(Tensor y, Tensor x, Tensor w) => Autograd.Grad(Autograd.Grad(y.Sum(), x, createGraph: true).Sum(), w);
        Tensor Part(Tensor input) => (input * w).Tanh();

        // when
        var plain = Second(Part(x), x, w);
        var checkpointed = Second(Autograd.Checkpoint(Part, x), x, w);

        // then
        Assert.Equal(plain.ToArray<double>(), checkpointed.ToArray<double>());
    }

    [Fact]
    public void Random_streams_are_set_back_for_the_second_evaluation_and_forward_again()
    {
        // given
        var generator = new Generator(7);
        var x = Tensor.Ones([50], DType.Float64).RequireGrad();

        // when
        var y = Autograd.Checkpoint(input => input.Dropout(0.5, generator) * 2, x);
        var later = Tensor.Rand([3], DType.Float64, generator);
        var position = generator.Position;
        y.Sum().Backward();

        // then
        Assert.Equal(y.ToArray<double>(), x.Grad!.ToArray<double>());
        Assert.Equal(position, generator.Position);
        Assert.Equal(3, later.Count);
    }

    [Fact]
    public void Nothing_is_kept_but_the_input()
    {
        // given
        var x = Tensor.Ones([1000], DType.Float64).RequireGrad();

        // when
        var y = Autograd.Checkpoint(static input => input.Exp().Exp().Tanh().Square(), x);

        // then
        Assert.Equal(8000, y.Node!.SavedBytes);
        Assert.Equal(8000, Graph.Of(y).SavedBytes);
        GC.KeepAlive(y); // what a node keeps is freed with the last result
    }

    [Fact]
    public void What_a_checkpoint_reads_must_not_change_before_it_is_evaluated_again()
    {
        // given
        Tensor x = Tensor.Of(1.0).RequireGrad(), w = Tensor.Of(2.0).Named("w").RequireGrad();
        var y = Autograd.Checkpoint(input => input * w, x);

        // when
        using (new NoGrad()) w.Fill(5);
        var error = Assert.Throws<GradusException>(() => y.Backward());

        // then
        Assert.Equal(
            "backward: checkpoint closes over f64[1] 'w', and Fill changed it before it was evaluated again. Make the change after Backward.", error.Message);
    }
}
