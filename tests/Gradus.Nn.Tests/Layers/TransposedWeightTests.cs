namespace Gradus.Nn.Tests.Layers;

/// <summary>A linear layer that answers a few rows at a time keeps its weight transposed, and nobody can tell.</summary>
public class TransposedWeightTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_few_rows_without_a_graph_give_the_bits_that_they_give_with_one(int rows)
    {
        // given
        var layer = new Linear(37, 21);
        var x = Tensor.Randn([rows, 37]);
        var expected = layer.Forward(x).ToArray<float>();

        // when
        using var mode = new NoGrad();
        var answers = Enumerable.Range(0, 4).Select(_ => layer.Forward(x).ToArray<float>()).ToArray();

        // then
        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }

    [Fact]
    public void A_weight_that_was_changed_is_seen_at_once()
    {
        // given
        var layer = new Linear(3, 2, bias: false);
        var x = Tensor.Of([[1f, 2f, 3f]]);
        using var mode = new NoGrad();
        for (var call = 0; call < 3; call++) layer.Forward(x);

        // when
        layer.Weight.Value.Fill(1);

        // then
        Assert.Equal([6f, 6f], layer.Forward(x).ToArray<float>());
    }

    [Fact]
    public void A_checkpoint_sees_the_weight_itself_however_often_it_was_met()
    {
        // given: three graphs, none of which has been gone back through
        Linear plain = new(3, 2, bias: false), checkpointed = new(3, 2, bias: false);
        checkpointed.Weight.Load(plain.Weight.Value);
        var x = Tensor.Of([[1f, 2f, 3f]]);
        Tensor Sum(Func<Tensor, Tensor> forward) => forward(x).Sum() + forward(x).Square().Sum() + forward(x).Sum();

        // when
        Sum(plain.Forward).Backward();
        Sum(input => Autograd.Checkpoint(checkpointed.Forward, input)).Backward();

        // then
        Assert.Equal(plain.Weight.Grad!.ToArray<float>(), checkpointed.Weight.Grad!.ToArray<float>());
    }
}
