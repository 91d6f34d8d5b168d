namespace Gradus.Nn.Tests.Layers;

public class AttentionTests
{
    [Fact]
    public void The_states_have_pytorchs_names_and_shapes()
    {
        // given
        var encoder = new TransformerEncoder([new TransformerEncoderLayer(8, 2, new() { FeedForward = 16 })], new LayerNorm(8));

        // when
        var state = encoder.State().Select(static entry => $"{entry.Key} {entry.Value.Shape}");

        // then
        Assert.Equal(
            [
                "layers.0.self_attn.in_proj_weight [24,8]", "layers.0.self_attn.in_proj_bias [24]", "layers.0.self_attn.out_proj.weight [8,8]",
                "layers.0.self_attn.out_proj.bias [8]",
                "layers.0.linear1.weight [16,8]", "layers.0.linear1.bias [16]", "layers.0.linear2.weight [8,16]", "layers.0.linear2.bias [8]",
                "layers.0.norm1.weight [8]", "layers.0.norm1.bias [8]", "layers.0.norm2.weight [8]", "layers.0.norm2.bias [8]", "norm.weight [8]",
                "norm.bias [8]",
            ],
            state);
    }

    [Fact]
    public void A_sequence_beside_itself_as_key_and_value_gives_what_it_gives_alone()
    {
        // given
        var layer = new MultiHeadAttention(12, 3);
        layer.Initialize(1);
        var x = Tensor.Randn([2, 5, 12], generator: new Generator(1));
        var mask = Tensor.Rand([5, 5], generator: new Generator(2)) > 0.3;

        // when: a copy is not known to be the same, so queries, keys and values are made apart
        var alone = layer.Forward(new AttentionInput(x, Mask: mask, IsCausal: false)).ToArray<float>();
        var beside = layer.Forward(new AttentionInput(x, x.Clone(), Mask: mask)).ToArray<float>();

        // then
        Assert.All(alone.Zip(beside), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void A_causal_layer_does_not_look_ahead()
    {
        // given
        var layer = new TransformerEncoderLayer(8, 2, new() { FeedForward = 16, Dropout = 0, NormFirst = true });
        layer.Initialize(1);
        var x = Tensor.Randn([1, 6, 8], generator: new Generator(1));

        // when
        var whole = layer.Forward(new SequenceInput(x, IsCausal: true)).Slice(1, 0, 4);
        var part = layer.Forward(new SequenceInput(x.Slice(1, 0, 4), IsCausal: true));

        // then
        Assert.Equal(part.ToArray<float>(), whole.ToArray<float>());
    }

    [Fact]
    public void A_sequence_has_the_bits_it_has_alone()
    {
        // given
        var layer = new TransformerEncoderLayer(16, 4, new() { FeedForward = 32, Dropout = 0, Activation = FeedForwardActivation.Gelu });
        layer.Initialize(1);
        var x = Tensor.Randn([7, 33, 16], generator: new Generator(1));

        // when
        var together = layer.Forward(x);

        // then
        Assert.Equal(layer.Forward(x[3..4].Clone()).ToArray<float>(), together[3..4].ToArray<float>());
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Gradients_through_a_block_agree_with_finite_differences(bool normFirst)
    {
        // given
        var layer = new TransformerEncoderLayer(4, 2, new() { FeedForward = 6, Dropout = 0, Activation = FeedForwardActivation.Gelu, NormFirst = normFirst });
        layer.Initialize(1);
        layer.To(DType.Float64);
        var x = Tensor.Randn([2, 3, 4], DType.Float64, new Generator(1)).RequireGrad();

        // when
        var report = GradientCheck.Run(
            () => layer.Forward(new SequenceInput(x, IsCausal: true)), [x, .. layer.Parameters().Select(static parameter => parameter.Value)]);

        // then
        report.Assert();
    }

    [Fact]
    public void Gradients_from_one_sequence_to_another_agree_with_finite_differences()
    {
        // given
        var layer = new MultiHeadAttention(4, 2);
        layer.Initialize(1);
        layer.To(DType.Float64);
        var query = Tensor.Randn([2, 3, 4], DType.Float64, new Generator(1)).RequireGrad();
        var key = Tensor.Randn([2, 2, 4], DType.Float64, new Generator(2)).RequireGrad();

        // when
        var report = GradientCheck.Run(
            () => layer.Forward(new AttentionInput(query, key)), [query, key, .. layer.Parameters().Select(static parameter => parameter.Value)]);

        // then
        report.Assert();
    }

    [Fact]
    public void Dropout_drops_in_training_alone()
    {
        // given
        var layer = new MultiHeadAttention(8, 2, dropout: 0.5);
        layer.Initialize(1);
        var x = Tensor.Randn([1, 4, 8], generator: new Generator(1));

        // when
        var trained = layer.Forward(x).ToArray<float>();
        layer.Eval();
        var used = layer.Forward(x).ToArray<float>();

        // then
        Assert.NotEqual(trained, used);
        Assert.Equal(used, layer.Forward(x).ToArray<float>());
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        // given
        var layer = new MultiHeadAttention(8, 2);

        // when
        var width = Assert.Throws<GradusException>(() => layer.Forward(Tensor.Ones([2, 3, 7])));
        var heads = Assert.Throws<GradusException>(static () => new MultiHeadAttention(8, 3));

        // then
        Assert.Contains("MultiHeadAttention: expected [batch, time, 8] as the query, got f32[2,3,7].", width.Message, StringComparison.Ordinal);
        Assert.Equal("multiHeadAttention: width 8 and 3 heads; the heads must divide the width.", heads.Message);
    }

    [Fact]
    public void Layers_print_as_one_would_type_them()
    {
        // given, when, then
        Assert.Equal("MultiHeadAttention(8, 2 heads\n  out_proj: Linear(8 → 8)\n)", new MultiHeadAttention(8, 2).ToString());
        Assert.Equal("Embedding(10 → 4)", new Embedding(10, 4).ToString());
        Assert.Equal("LayerNorm(8, ε 1E-05)", new LayerNorm(8).ToString());
        Assert.Equal("BatchNorm2d(8)", new BatchNorm2d(8).ToString());
        Assert.Equal("Lstm(3 → 5, 2 layers, batch first)", new Lstm(3, 5, new() { Layers = 2, BatchFirst = true }).ToString());
    }

    [Fact]
    public void An_embedding_gives_a_row_for_each_index_and_adds_their_gradients()
    {
        // given
        var table = new Embedding(5, 3);
        var indices = Tensor.Of([[1L, 4L], [1L, 0L]]);

        // when
        var rows = table.Forward(indices);
        rows.Sum().Backward();

        // then
        Assert.Equal([2, 2, 3], rows.Shape);
        Assert.Equal(table.Weight.Value[4].ToArray<float>(), rows[0, 1].ToArray<float>());
        Assert.Equal([1, 2, 0, 0, 1], table.Weight.Grad!.Select(1, 0).ToArray<float>());
    }

    [Fact]
    public void The_weights_of_each_head_can_be_looked_at()
    {
        // given
        var x = Tensor.Randn([2, 5, 8], DType.Float32, new Generator(1));

        // when
        var weights = new MultiHeadAttention(8, 2).Weights(new AttentionInput(x, IsCausal: true));

        // then
        Assert.Equal([2, 2, 5, 5], weights.Shape);
        Assert.True(weights.Sum(-1).AllClose(Tensor.Ones([2, 2, 5]), 1e-5, 1e-5));
        Assert.Equal(1f, weights[0, 0, 0, 0].Item(), 1e-6f);
    }
}
